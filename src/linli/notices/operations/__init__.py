"""The only writers of notices: written, published, corrected; subscriptions, letters, group chats."""
