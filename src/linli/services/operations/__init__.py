"""What is done with service items, requests, proxies and appointments: the only writers."""
