"""The same work in hand-written SQL: what this machine's database can do at all, with nothing around it."""

CASE_COLUMNS = (
    "c.id, c.number, c.text, c.kind, c.category, c.urgency, c.state, c.place_id, p.name, o.name, c.lead_name,"
    " c.received_on, c.due"
)
LIST = f"""
SELECT {CASE_COLUMNS} FROM cases_case c JOIN territory_place p ON p.id = c.place_id
LEFT JOIN organizations_organization o ON o.id = c.lead_id
WHERE c.state NOT IN ('closed', 'rated') AND (c.received_on, c.id) < (%(day)s, %(id)s)
ORDER BY c.received_on DESC, c.id DESC LIMIT 51
"""
CASE = (
    f"SELECT {CASE_COLUMNS}, c.result, c.accepted, c.done, c.closed FROM cases_case c"
    " JOIN territory_place p ON p.id = c.place_id LEFT JOIN organizations_organization o ON o.id = c.lead_id"
    " WHERE c.id = %(id)s",
    "SELECT at, actor, operation, facts FROM core_entry WHERE subject_type = 'case' AND subject_id = %(id)s"
    " ORDER BY id",
    "SELECT kind, organization_id, due FROM core_workitem WHERE subject_type = 'case' AND subject_id = %(id)s"
    " AND ended IS NULL",
    "SELECT at, author, public, text FROM cases_note WHERE case_id = %(id)s ORDER BY id",
)
_CASE_INSERT = """
INSERT INTO cases_case (number, register_number, source, door, kind, category, urgency, in_scope, confidential, text,
  place_id, grid_id, address, lng, lat, state, outcome, lead_name, received_on, received, due, returns, reopened,
  done_by, on_the_spot, imported, result, public_reason, why, search, contact_due, paused_minutes, extensions,
  sampled, verification, supervised, answer_repeated, extra, version)
VALUES (gen_random_uuid()::text::varchar(32), '', 'resident', 'api', 'problem', '', 'normal', true, false, %(text)s,
  %(place)s, %(grid)s, '', %(lng)s, %(lat)s, 'received', '', '', current_date, now(), now() + interval '5 days', 0, 0,
  '', false, false, '', '', '', %(vector)s::tsvector, now(), 0, 0, false, '', false, false, '{}', 1)
"""
_ID = "currval(pg_get_serial_sequence('cases_case', 'id'))"
INTAKE = (
    _CASE_INSERT,
    f"INSERT INTO cases_reporter (case_id, callback, hidden, taken_by) VALUES ({_ID}, false, false, 'user:1')",
    "INSERT INTO core_workitem (kind, subject_type, subject_id, title, place_id, raised, due, level, urgent)"
    f" VALUES ('case.accept', 'case', {_ID}, %(text)s, %(place)s, now(), now(), 0, false)",
    "INSERT INTO core_entry (at, actor, operation, subject_type, subject_id, place_id, facts, count)"
    f" VALUES (now(), 'user:1', 'case.receive', 'case', {_ID}, %(place)s, '{{\"to\": \"received\"}}', 1)",
    "INSERT INTO core_idempotencykey (key, actor, input_hash, response, created)"
    " VALUES (gen_random_uuid()::text, 'user:1', '\\x00', '{\"id\": 1}', now())",
)
_YEAR = "WHERE c.received_on > %(from)s AND c.received_on <= %(to)s GROUP BY 1 ORDER BY 1"
BY_MONTH = f"SELECT date_trunc('month', c.received_on), count(*), sum(c.returns) FROM cases_case c {_YEAR}"
BY_STREET = (
    "SELECT p.street_id, count(*), sum(c.returns) FROM cases_case c"
    f" JOIN territory_place p ON p.id = c.place_id {_YEAR}"
)
_IN_YEAR = "FROM cases_case WHERE received_on > %(from)s AND received_on <= %(to)s"
DISTINCT = f"SELECT count(DISTINCT place_id) {_IN_YEAR}"
MEDIAN = f"SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY closed_on - received_on) {_IN_YEAR}"
