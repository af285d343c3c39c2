"""Who reported in as a member of the Party stands in the register of members; what stood here goes there."""

from django.db import migrations

MEMBERS = """
INSERT INTO members_member
    (number, name, person_id, unit, place_id, skills, since, recorded, recorder, extra, version)
SELECT DISTINCT ON (r.person_id) '', p.name, r.person_id, '', r.place_id, '[]', r.since, now(), 'system', '{}', 1
FROM volunteering_reportedin r JOIN organizations_person p ON p.id = r.person_id
WHERE NOT EXISTS (SELECT 1 FROM members_member m WHERE m.person_id = r.person_id)
ORDER BY r.person_id, r.since DESC
"""
REGISTRATIONS = """
INSERT INTO members_dualregistration (kind, member_id, unit, offers, place_id, since, until, extra, version)
SELECT 'member', m.id, '', '', r.place_id, r.since, r.until, '{}', 1
FROM volunteering_reportedin r JOIN members_member m ON m.person_id = r.person_id
WHERE r.until IS NOT NULL
   OR NOT EXISTS (SELECT 1 FROM members_dualregistration d WHERE d.member_id = m.id AND d.until IS NULL)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("volunteering", "0001_tables"),
        ("members", "0003_turn_outs_of_service"),
        ("organizations", "0002_lending"),
    ]

    operations = [
        migrations.RunSQL(MEMBERS),
        migrations.RunSQL(REGISTRATIONS),
        migrations.DeleteModel(name="ReportedIn"),
    ]
