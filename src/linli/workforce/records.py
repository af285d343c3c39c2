"""The record types of training, credentials, mentoring, contests and study items."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register
from linli.workforce import policies, sections
from linli.workforce.operations import ledgers
from linli.workforce.workflow import CREDENTIAL, OUTCOMES, PUSHED, SESSION

PROGRAMME = pgettext_lazy("training", "programme")
CHANNEL = pgettext_lazy("training", "channel")
MODE = pgettext_lazy("training", "mode")
BATCH = pgettext_lazy("training", "batch")
ORGANIZER = pgettext_lazy("training", "organised by")
OUTCOME = pgettext_lazy("training", "whether they came")
CATEGORY = pgettext_lazy("training", "trainee")
KIND = pgettext_lazy("credential", "kind of credential")
CONTEST = pgettext_lazy("training", "kind of contest")
AWARD = pgettext_lazy("training", "award")
LEVEL = pgettext_lazy("study item", "level of the group")
PLATFORM = pgettext_lazy("study item", "platform")
NUMBER = pgettext_lazy("training", "number of the session")
STATES = tuple(SESSION.choices)
CREDENTIAL_STATES = tuple(CREDENTIAL.choices)
PLACE = Dimension("place", type="reference", to="division")
PERSON = Dimension("person", type="reference", to="person")
PLACES = Measure("place", "distinct")
PERSONS = Measure("person", "distinct", label=_("persons"), persons=True)
AT = Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="place__name")
CORRECTS = (("person", ("name", "staff_number", "phone", "phone_hash")),)
STAFF = Column("staff_number", "工号|人员编号|持证人工号", label=_("staff number"), path="person__staff_number")
OF_SESSION = tuple(
    Dimension(code, label=label, path=f"session__{code}", vocabulary=f"training.{code}")
    for code, label in (("programme", PROGRAMME), ("channel", CHANNEL), ("mode", MODE))
)

TRAINING_SESSION = RecordType(
    "training_session",
    pgettext_lazy("training", "Training sessions"),
    "workforce.TrainingSession",
    130,
    write=ledgers.session_record_many,
    refused=ledgers.rows_refused,
    recognised=ledgers.sessions_recognised,
    dates=("since",),
    titles="培训计划|培训班次",
    visible=policies.sessions_visible_to,
    amendable=policies.session_amendable,
    url_name="workforce:session",
    dimensions=(
        Dimension("programme", label=PROGRAMME, vocabulary="training.programme"),
        Dimension("channel", label=CHANNEL, vocabulary="training.channel"),
        Dimension("mode", label=MODE, vocabulary="training.mode"),
        Dimension("batch", label=BATCH, type="text"),
        Dimension("organizer", label=ORGANIZER, type="text"),
        Dimension("state", label=_("state"), choices=STATES),
        PLACE,
    ),
    measures=(PLACES, Measure("capacity", "number", label=pgettext_lazy("training", "room for"))),
    columns=(
        Column("number", "培训编号|班次编号", label=NUMBER),
        Column("title", "培训名称|培训班次|培训主题", label=pgettext_lazy("training", "training"), required=True),
        Column("programme", "培训类别|培训项目", label=PROGRAMME, type="choice", vocabulary="training.programme"),
        Column("channel", "培养方式|培训渠道", label=CHANNEL, type="choice", vocabulary="training.channel"),
        Column("mode", "培训方式|学习方式", label=MODE, type="choice", vocabulary="training.mode"),
        Column("batch", "批次", label=BATCH),
        AT,
        Column("organizer", "主办单位|组织单位", label=ORGANIZER),
        Column("since", "开班日期|培训日期|开始日期", label=_("since"), type="date", required=True),
        Column("until", "结业日期|结束日期", label=_("until"), type="date", planned=True),
        Column("venue", "培训地点|地点", label=_("venue")),
        Column("state", "状态", label=_("state"), type="choice", choices=STATES),
    ),
)
TRAINING_ATTENDANCE = RecordType(
    "training_attendance",
    pgettext_lazy("training", "Attendance at training (person-times)"),
    "workforce.TrainingAttendance",
    131,
    write=ledgers.attendance_record_many,
    refused=ledgers.attendances_refused,
    dates=("day",),
    persons=True,
    corrects=CORRECTS,
    titles="参训台账|参训登记|培训登记|培训人员",
    visible=policies.attendances_visible_to,
    dimensions=(
        Dimension("outcome", label=OUTCOME, choices=OUTCOMES),
        Dimension("category", label=CATEGORY, type="text"),
        *OF_SESSION,
        Dimension("batch", label=BATCH, path="session__batch", type="text"),
        Dimension("organizer", label=ORGANIZER, path="session__organizer", type="text"),
        Dimension("session", type="reference", to="training_session"),
        PERSON,
        PLACE,
    ),
    measures=(PERSONS, PLACES, Measure("session", "distinct", label=pgettext_lazy("training", "Training sessions"))),
    columns=(
        Column("session", "培训编号|班次编号", label=NUMBER, path="session__number", required=True),
        STAFF,
        Column("name", "姓名", label=_("name"), type="name", path="person__name", required=True),
        AT,
        Column("category", "人员类别|身份", label=CATEGORY),
        Column("unit", "单位|工作单位", label=_("unit")),
        Column("outcome", "参训情况|到训情况", label=OUTCOME, type="choice", choices=OUTCOMES),
    ),
)
CREDENTIAL_TYPE = RecordType(
    "credential",
    pgettext_lazy("credential", "Credentials"),
    "workforce.Credential",
    132,
    write=ledgers.credential_record_many,
    refused=ledgers.credentials_refused,
    recognised=ledgers.credentials_recognised,
    dates=("issued", "expires"),
    persons=True,
    corrects=CORRECTS,
    titles="资格证书",
    visible=policies.credentials_visible_to,
    amendable=policies.credential_amendable,
    url_name="workforce:credential",
    dimensions=(
        Dimension("kind", label=KIND, vocabulary="credential.kind"),
        Dimension("state", label=_("state"), choices=CREDENTIAL_STATES),
        PERSON,
        PLACE,
    ),
    measures=(PERSONS, PLACES),
    columns=(
        STAFF,
        Column("name", "持证人|姓名", label=_("name"), type="name", path="person__name", required=True),
        AT,
        Column("kind", "级别|证书类别", label=KIND, type="choice", vocabulary="credential.kind", required=True),
        Column(
            "number",
            "证书编号|证书号码",
            label=pgettext_lazy("credential", "number of the credential"),
            required=True,
            key=True,
        ),
        Column(
            "issued", "取得日期|发证日期", label=pgettext_lazy("credential", "issued on"), type="date", required=True
        ),
        Column("expires", "有效期至", label=_("expires"), type="date", planned=True),
        Column("state", "核验状态|核验情况", label=_("state"), type="choice", choices=CREDENTIAL_STATES),
    ),
)
MENTORING = RecordType(
    "mentoring",
    pgettext_lazy("training", "Mentoring"),
    "workforce.Mentoring",
    133,
    span=("since", "until"),
    persons=True,
    visible=policies.mentorings_visible_to,
    url_name="workforce:mentoring",
    dimensions=(
        Dimension("mentor", type="reference", to="person"),
        Dimension("person", type="reference", to="person", path="mentee"),
        PLACE,
    ),
    measures=(
        Measure("mentor", "distinct", label=pgettext_lazy("training", "mentors"), persons=True),
        Measure("mentee", "distinct", label=pgettext_lazy("training", "mentees"), persons=True),
        PLACES,
    ),
    columns=(
        Column("mentor", "帮带人", label=pgettext_lazy("training", "mentor"), path="mentor__name", personal=True),
        Column("mentee", "帮带对象", label=pgettext_lazy("training", "mentee"), path="mentee__name", personal=True),
        AT,
        Column("since", "开始日期", label=_("since"), type="date"),
        Column("until", "结束日期", label=_("until"), type="date"),
    ),
)
MENTORING_SESSION = RecordType(
    "mentoring_session",
    pgettext_lazy("training", "Sessions of mentors and mentees"),
    "workforce.MentoringSession",
    134,
    dates=("on",),
    visible=policies.mentoring_sessions_visible_to,
    dimensions=(Dimension("mentoring", type="reference", to="mentoring"), PLACE),
    measures=(PLACES, Measure("mentoring", "distinct", label=pgettext_lazy("training", "Mentoring"))),
    columns=(
        AT,
        Column("on", "帮带日期", label=_("day"), type="date"),
    ),
)
CONTEST_TYPE = RecordType(
    "contest",
    pgettext_lazy("training", "Contests"),
    "workforce.Contest",
    135,
    dates=("on",),
    visible=policies.contests_visible_to,
    url_name="workforce:contest",
    dimensions=(Dimension("kind", label=CONTEST, vocabulary="contest.kind"), PLACE),
    measures=(PLACES,),
    columns=(
        Column("title", "竞赛名称", label=pgettext_lazy("training", "contest")),
        Column("kind", "竞赛类别", label=CONTEST, type="choice", vocabulary="contest.kind"),
        AT,
        Column("on", "举办日期", label=_("day"), type="date"),
        Column("organizer", "主办单位", label=ORGANIZER),
    ),
)
CONTEST_ENTRY = RecordType(
    "contest_entry",
    pgettext_lazy("training", "Entries of contests"),
    "workforce.ContestEntry",
    136,
    dates=("day",),
    persons=True,
    visible=policies.entries_visible_to,
    dimensions=(
        Dimension("award", label=AWARD, type="text"),
        Dimension("kind", label=CONTEST, path="contest__kind", vocabulary="contest.kind"),
        Dimension("contest", type="reference", to="contest"),
        PERSON,
        PLACE,
    ),
    measures=(PERSONS, PLACES),
    columns=(
        Column("contest", "竞赛名称", label=pgettext_lazy("training", "contest"), path="contest__title"),
        Column("title", "参赛项目", label=pgettext_lazy("training", "project")),
        AT,
        Column("award", "奖项", label=AWARD),
    ),
)
STUDY_GROUP = RecordType(
    "study_group",
    pgettext_lazy("study item", "Study groups"),
    "workforce.StudyGroup",
    138,
    write=ledgers.group_record_many,
    titles="学习交流群",
    visible=policies.items_visible_to,
    url_name="workforce:group",
    dimensions=(
        Dimension("level", label=LEVEL, vocabulary="study.level"),
        Dimension("platform", label=PLATFORM, vocabulary="study.platform"),
        PLACE,
    ),
    measures=(PLACES, Measure("level", "distinct", label=LEVEL)),
    columns=(
        Column("number", "群组编号|编号", label=_("number"), required=True, key=True),
        Column("name", "群组名称|群名称", label=pgettext_lazy("study item", "name of the group"), required=True),
        Column("level", "群组层级", label=LEVEL, type="choice", vocabulary="study.level"),
        Column("platform", "平台", label=PLATFORM, type="choice", vocabulary="study.platform"),
        AT,
    ),
)
INFORMATION_ITEM = RecordType(
    "information_item",
    pgettext_lazy("study item", "Study items pushed"),
    "workforce.InformationItem",
    137,
    write=ledgers.item_record_many,
    refused=ledgers.items_refused,
    dates=("pushed_on",),
    titles="学习信息推送",
    visible=policies.items_visible_to,
    dimensions=(
        Dimension("level", label=LEVEL, vocabulary="study.level"),
        Dimension("platform", label=PLATFORM, vocabulary="study.platform"),
        Dimension("state", label=_("state"), choices=PUSHED),
        Dimension("group", type="reference", to="study_group"),
        PLACE,
    ),
    measures=(PLACES, Measure("group", "distinct", label=pgettext_lazy("study item", "Study groups"))),
    columns=(
        Column("number", "推送编号", label=_("number"), required=True, key=True),
        Column("title", "标题", label=_("title"), required=True),
        Column("level", "群组层级", label=LEVEL, type="choice", vocabulary="study.level"),
        Column("platform", "平台", label=PLATFORM, type="choice", vocabulary="study.platform"),
        Column(
            *("group", "推送群组编号"),
            label=pgettext_lazy("study item", "number of the group"),
            path="group__number",
        ),
        AT,
        Column("pushed_on", "推送日期", label=pgettext_lazy("study item", "pushed on"), type="date", required=True),
        Column("state", "状态", label=_("state"), type="choice", choices=PUSHED),
    ),
)
register(
    *(TRAINING_SESSION, TRAINING_ATTENDANCE, CREDENTIAL_TYPE, MENTORING, MENTORING_SESSION),
    *(CONTEST_TYPE, CONTEST_ENTRY, STUDY_GROUP, INFORMATION_ITEM),
)
register_words("training.programme", lambda: sections.section().programmes)
register_words("training.channel", lambda: sections.section().channels)
register_words("training.mode", lambda: sections.section().modes)
register_words("credential.kind", lambda: sections.section().credentials)
register_words("contest.kind", lambda: sections.section().contests)
register_words("study.level", lambda: sections.section().levels)
register_words("study.platform", lambda: sections.section().platforms)
