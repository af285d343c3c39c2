"""Every route of Linli as the URL resolver knows it, where the values of its parameters come from, and what is asked.

A route with a parameter that WHERE does not name makes the tests fail with its address: say there where a value
comes from, what stands for one that does not exist, and who may see which.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any, Final

from django.contrib.admindocs.views import simplify_regex
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.http import urlencode
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.world import World

from linli.accountability.models import (
    Alert,
    Ask,
    AskAnswer,
    Assessed,
    Assessment,
    AssessmentPart,
    CriterionScore,
    Finding,
    Inspection,
    IssuedReport,
    Objection,
    SatisfactionSurvey,
)
from linli.accountability.policies.alerts import alerts_visible_to
from linli.accountability.policies.asks import answers_visible_to, asks_visible_to
from linli.accountability.policies.assessments import assessed_visible_to, rounds_visible_to, run_places
from linli.accountability.policies.inspecting import findings_visible_to, inspections_visible_to
from linli.accountability.policies.surveys import surveys_visible_to
from linli.accountability.queries.assessments import published
from linli.accounts.models import User
from linli.api.models import ApiKey, Webhook, WebhookDelivery
from linli.api.webhooks import webhooks_visible_to
from linli.cases.models import Attachment, Case, Help, Rating, Reporter, SavedFilter, Whistle
from linli.cases.policies import cases_visible_to
from linli.cases.queries.posters import poster_code
from linli.core.actors import Actor
from linli.deliberation.models import (
    AgendaItem,
    BodyCandidate,
    BodyElection,
    BodyFounding,
    Commitment,
    Convention,
    ConventionComment,
    FundAccount,
    FundCount,
    FundEntry,
    FundQuarter,
    FundReceipt,
    Meeting,
    MeetingFile,
    MeetingSeries,
    Partnership,
    Poll,
    Resolution,
    ResolutionTask,
    SessionDue,
    StepPaper,
    Topic,
    TopicObjection,
    TopicStep,
)
from linli.deliberation.policies.bodies import foundings_visible_to, public_bodies
from linli.deliberation.policies.conventions import conventions_visible_to, public_conventions
from linli.deliberation.policies.funds import accounts_visible_to, hangs_visible_to
from linli.deliberation.policies.meetings import (
    commitments_visible_to,
    meetings_visible_to,
    rows_visible_to,
    series_visible_to,
)
from linli.deliberation.policies.polls import polls_visible_to, public_polls
from linli.deliberation.policies.topics import public_topics, resolutions_visible_to, topics_visible_to
from linli.mediation.models import AgreementItem, Mediation, MediationSession, Party
from linli.mediation.policies import mediations_visible_to
from linli.messaging.models import Delivery, Message
from linli.messaging.policies import messages_visible_to
from linli.organizations.models import (
    GridMembers,
    HandOver,
    HouseholdGroup,
    Organization,
    Person,
    Post,
    ResourceOffer,
    Seat,
    Shift,
)
from linli.organizations.policies import bodies_visible_to, groups_visible_to, people_visible_to, posts_visible_to
from linli.publishing.models import (
    DisclosureDue,
    PolicyDocument,
    PolicyFile,
    Publication,
    PublicationFile,
    PublicationQuestion,
)
from linli.publishing.policies.policy_documents import documents_visible_to, public_documents
from linli.publishing.policies.publications import (
    dues_visible_to,
    publications_visible_to,
    questions_visible_to,
    shown_to,
)
from linli.records.models import Batch, ProfileVersion, Upload
from linli.records.policies import imports_visible_to
from linli.territory.models import HubService, Place, Redrawing
from linli.territory.policies import places_visible_to

# Stands for a row that does not exist.
NONE: Final = "987654321"
REFUSALS: Final = (401, 403, 404, 405)
# What a look, a session or a limit writes is no business row.
BESIDE: Final = ("django_session", "accounts_look", "accounts_counted", "axes_")
# What follows the number or code in these addresses is a form of Open311.
OPEN311: Final = ("discovery", "services", "services/<code>", "requests", "requests/<number>", "tokens/<token>")
# What the view pg_stat_xact_user_tables counts, without the rest that it gathers for each table.
WRITTEN: Final = """
SELECT relname, count FROM (
    SELECT relname, pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
        + pg_stat_get_xact_tuples_deleted(oid) AS count
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
) tables WHERE count > 0
"""
Values = Callable[[World], Sequence[Any]]
Seen = Callable[[World, str], set[Any]]


def nothing(_world: World) -> Sequence[Any]:
    """No values."""
    return ()


@dataclass(frozen=True, slots=True)
class Route:
    """One address with `<name>` for each parameter, and the name by which code calls it."""

    address: str
    name: str

    @property
    def parameters(self) -> list[str]:
        """The names of the parameters in their order."""
        return re.findall(r"<(\w+)>", self.address)

    def sources(self) -> list["Source | None"]:
        """Where the value of each parameter comes from; None where nobody has said so."""
        steps = re.finditer(r"<\w+>", self.address)
        return [WHERE.get(self.address[: step.end()]) or WHERE.get(step.group()) for step in steps]

    def filled(self, values: Sequence[Any]) -> str:
        """The address with these values."""
        rest = iter(values)
        return "/" + re.sub(r"<\w+>", lambda _match: str(next(rest)), self.address)


@dataclass(frozen=True, slots=True)
class Source:
    """Values of a parameter; for rows also one that does not exist, which of them a role may see, and which of them
    are of the other place."""

    values: Values
    missing: str = ""
    seen: Seen | None = None
    far: Values = nothing


@dataclass(frozen=True, slots=True)
class Asked:
    """One filled address; `twins` are the same with one row, each in turn, replaced by one that does not exist."""

    route: Route
    address: str
    sources: tuple["Source", ...]
    values: tuple[Any, ...]
    twins: tuple[str, ...]

    def is_here(self, world: World) -> bool:
        """Whether rows are named and none is of the other place."""
        far = [value in source.far(world) for source, value in zip(self.sources, self.values, strict=True)]
        return bool(self.twins) and not any(far)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and in which tables rows were written meanwhile."""

    address: str
    status: int
    location: str
    text: str
    wrote: frozenset[str]

    @property
    def refused(self) -> bool:
        """Whether nothing was given: a refusal, or the way to the login."""
        return self.status in REFUSALS or (self.status == 302 and "/accounts/login/" in self.location)

    def same(self, other: "Answer") -> bool:
        """Whether nobody could tell one from the other."""
        return (self.status, self.location, _plain(self)) == (other.status, other.location, _plain(other))


def routes() -> list[Route]:
    """Every route, each address once."""
    found = {address: Route(address, name) for address, name in _walk(get_resolver(), "", "")}
    return sorted(found.values(), key=lambda route: route.address)


def _walk(resolver: URLResolver, before: str, space: str) -> Iterator[tuple[str, str]]:
    for item in resolver.url_patterns:
        written = before + str(item.pattern)
        if isinstance(item, URLResolver):
            inner = f"{space}{item.namespace}:" if item.namespace else space
            yield from _walk(item, written, inner)
        elif isinstance(item, URLPattern):
            plain = simplify_regex(re.sub(r"<\w+:(\w+)>", r"<\1>", written)).lstrip("/").replace("\\", "")
            yield plain, f"{space}{item.name or plain}"


def asked(route: Route, world: World) -> list[Asked]:
    """The addresses of a route over all values that its parameters take in the world."""
    sources = [source for source in route.sources() if source]
    if len(sources) != len(route.parameters):
        return []
    found = []
    for values in product(*(source.values(world) for source in sources)):
        twins = [
            route.filled([*values[:position], source.missing, *values[position + 1 :]])
            for position, source in enumerate(sources)
            if source.missing
        ]
        found.append(Asked(route, route.filled(values), tuple(sources), values, tuple(twins)))
    return found


def ask(world: World, role: str, method: str, address: str, data: Any = None) -> Answer:
    """Ask as that role, note what was written, and leave everything as it was, the browser's cookies included."""
    if role not in world.browsers:
        world.browser(role)
        world.written = written()
    client = world.browser(role)
    cookies = client.cookies.output(header="")
    with transaction.atomic():
        response = _answer(client, method, address, data)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    error = getattr(response, "exc_info", None)
    text = repr(error[1]) if error else content.decode("utf-8", "replace")
    before, world.written = world.written, written()
    wrote = frozenset(name for name, count in world.written.items() if count != before.get(name, 0))
    return Answer(address, response.status_code, response.headers.get("Location", ""), text, wrote)


def _answer(client: Client, method: str, address: str, data: Any) -> Any:
    if method == "GET":
        return client.get(address)
    if address.startswith("/api/"):
        return client.post(address, data, content_type="application/json")
    if any(hasattr(value, "read") for value in (data or {}).values()):
        return client.post(address, data)
    # As a browser sends a form without files, which is read far more quickly than one in parts.
    return client.post(address, urlencode(data or {}, doseq=True), content_type="application/x-www-form-urlencoded")


def _plain(answer: Answer) -> str:
    """What was said, without what differs from one request to the next, and without the address that was asked for."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', r"\1", answer.text)
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", text).replace(answer.address, "")


def written() -> dict[str, int]:
    """How many rows this transaction has tried to write in each table, those of savepoints taken back included."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        rows: list[tuple[str, int]] = cursor.fetchall()
    return {name: count for name, count in rows if not name.startswith(BESIDE)}


def _rows(model: Any, visible: Callable[[Actor], Q], values: Values | None = None, far: Values = nothing) -> Source:
    """Rows of a model by id, all of them or those chosen; `visible` is the policy that says who may see which."""

    def every(_world: World) -> list[int]:
        return list(model.objects.order_by("pk").values_list("pk", flat=True))

    def seen(world: World, role: str) -> set[Any]:
        return set(model.objects.filter(visible(world.actor(role))).values_list("pk", flat=True))

    return Source(values or every, NONE, seen, far)


def _held(kind: str, *names: str) -> Values:
    """The ids of what the world holds under these names: bodies, or places and posts of its cast."""
    return lambda world: [getattr(world if kind == "bodies" else world.cast, kind)[name].pk for name in names]


def _away(model: Any, place: str) -> Values:
    """The ids of the rows that lie in the other place, by the way to their place."""

    def found(world: World) -> list[int]:
        path = world.cast.places["far_street"].path
        return list(model.objects.filter(**{f"{place}__path__startswith": path}).values_list("pk", flat=True))

    return found


def _told(*roles: str) -> Values:
    """The ids of the messages to these people."""
    return lambda world: list(
        Message.objects.filter(user__in=[world.users[role] for role in roles]).values_list("pk", flat=True)
    )


def _able(*abilities: str) -> Callable[[Actor], Q]:
    """The policy of rows that everybody with one of these abilities sees."""
    return lambda actor: Q() if any(actor.can(ability) for ability in abilities) else Q(pk__in=[])


def _words(*words: str) -> Source:
    return Source(lambda _world: words)


def _own(world: World, role: str) -> set[str]:
    """The numbers of the matters that a role reported, or opened by their codes."""
    if role == "follower":
        return {world.matters[name].number for name in ("whistled", "closed")}
    rows = Reporter.objects.filter(user_id=world.actor(role).user_id or 0)
    return set(rows.values_list("case__number", flat=True))


def _visible_cases(actor: Actor) -> Q:
    return Q(case_id__in=Case.objects.filter(cases_visible_to(actor)).values("id"))


def _shown(_actor: Actor) -> Q:
    return Q(cleared=True, case__summary__withdrawn=None, case__summary__isnull=False)


def _published(world: World, role: str) -> set[str]:
    return set(Case.objects.filter(summary__withdrawn=None, summary__isnull=False).values_list("number", flat=True))


def _matters(*names: str) -> Values:
    return lambda world: [world.matters[name].case_id for name in names]


def _people(*names: str) -> Values:
    return lambda world: [world.cast.posts[name].person_id for name in names]


CASES: Final = _rows(
    Case,
    cases_visible_to,
    _matters("complaint", "whistled", "closed", "dispute", "elsewhere"),
    _matters("elsewhere"),
)
OF_CASES: Final = partial(_rows, visible=_visible_cases)
NUMBERS: Final = Source(
    lambda world: [world.matters[name].number for name in ("whistled", "closed", "complaint")], "000000000000", _own
)
ATTACHMENTS: Final = OF_CASES(Attachment)
PLACES: Final = _rows(
    Place,
    places_visible_to,
    _held("places", "community", "far_community", "grid"),
    _held("places", "far_community"),
)
BODIES: Final = _rows(
    Organization,
    bodies_visible_to,
    _held("bodies", "community_office", "far_office", "committee", "planned"),
    _held("bodies", "far_office"),
)
POSTS: Final = _rows(
    Post, posts_visible_to, _held("posts", "grid_worker", "department_handler", "outsider"), _held("posts", "outsider")
)


def _of_assessed(actor: Actor) -> Q:
    """What hangs on an assessed of whom an actor knows."""
    return Q(assessed__in=Assessed.objects.filter(assessed_visible_to(actor)).values("pk"))


def _of_documents(actor: Actor) -> Q:
    """The files of the documents that an actor reads."""
    return Q(document__in=PolicyDocument.objects.filter(documents_visible_to(actor)).values("pk"))


def _of_funds(actor: Actor) -> Q:
    """The receipts of the entries that an actor sees."""
    return Q(entry__in=FundEntry.objects.filter(hangs_visible_to(actor)).values("pk"))


def _of_elections(actor: Actor) -> Q:
    """The candidates of the elections that an actor sees."""
    return Q(election__in=BodyElection.objects.filter(foundings_visible_to(actor)).values("pk"))


def _of_mediations(actor: Actor) -> Q:
    """The parties and sessions of the mediations that an actor sees."""
    return Q(mediation__in=Mediation.objects.filter(mediations_visible_to(actor)).values("pk"))


def _of_agreements(actor: Actor) -> Q:
    """What was promised in the mediations that an actor sees."""
    return Q(agreement__mediation__in=Mediation.objects.filter(mediations_visible_to(actor)).values("pk"))


def _of_conventions(actor: Actor) -> Q:
    """The comments on the conventions that an actor sees."""
    return Q(convention__in=Convention.objects.filter(conventions_visible_to(actor)).values("pk"))


def _of_topics(actor: Actor) -> Q:
    """What hangs on the topics that an actor sees."""
    return Q(topic__in=Topic.objects.filter(topics_visible_to(actor)).values("pk"))


def _of_steps(actor: Actor) -> Q:
    """The papers of the steps that an actor sees."""
    return Q(step__topic__in=Topic.objects.filter(topics_visible_to(actor)).values("pk"))


def _of_resolutions(actor: Actor) -> Q:
    """The tasks of the resolutions that an actor sees."""
    return Q(resolution__in=Resolution.objects.filter(resolutions_visible_to(actor)).values("pk"))


PUBLISHED: Final = Source(lambda _world: list(published().values_list("pk", flat=True)), NONE)
PEOPLE: Final = _rows(Person, people_visible_to, _people("grid_worker", "outsider"), _people("outsider"))
WHERE: Final[Mapping[str, Source]] = {
    "<form>": _words("csv"),
    **dict.fromkeys((f"open311/v2/{name}.<form>" for name in OPEN311), _words("json")),
    "<key>": _words("a" * 40),
    "<uidb36>": _words("1"),
    "<provider_id>": _words("oidc"),
    "records/<code>": _words("case", "whistle", "department", "grid", "household_group"),
    "properties/<code>": _words("case"),
    "properties/<code>/<pk>": CASES,
    "imports/uploads/<pk>": _rows(Upload, imports_visible_to),
    "imports/uploads/<pk>/map/<file>": _words("0"),
    "imports/uploads/<pk>/map/<file>/<table>": _words("0"),
    "imports/<pk>": _rows(Batch, imports_visible_to),
    "settings/versions/<pk>": _rows(ProfileVersion, _able("system.configure")),
    "settings/profile/<name>": _words("cases"),
    "territory/<pk>": PLACES,
    "territory/hubs/<pk>": _rows(HubService, _able("territory.view")),
    "territory/boundaries/waiting/<pk>": _rows(Redrawing, _able("system.configure")),
    "territory/boundaries/<key>": _words("0" * 64),
    "organizations/<pk>": BODIES,
    "organizations/members-by-grid/<pk>": _rows(GridMembers, bodies_visible_to),
    "organizations/seats/<pk>": _rows(Seat, bodies_visible_to),
    "organizations/groups/<pk>": _rows(HouseholdGroup, groups_visible_to),
    "organizations/offers/<pk>": _rows(ResourceOffer, bodies_visible_to),
    "organizations/posts/<pk>": POSTS,
    "organizations/hand-overs/<pk>": _rows(
        HandOver, lambda actor: Q(post__in=Post.objects.filter(posts_visible_to(actor)))
    ),
    "organizations/people/<pk>": PEOPLE,
    "organizations/duty/<pk>": _rows(Shift, lambda actor: Q(post__in=Post.objects.filter(posts_visible_to(actor)))),
    "security/accounts/<pk>": _rows(
        User, _able("security.manage"), lambda world: [world.users["resident"].pk, world.users["outsider"].pk]
    ),
    "security/people/<pk>": PEOPLE,
    "messages/<pk>": _rows(Message, messages_visible_to, far=_told("outsider", "far_officer")),
    "messages/outbox/<pk>": _rows(Delivery, _able("system.configure")),
    "messages/outbox/jobs/<pk>": _rows(ProcrastinateJob, _able("system.configure"), lambda world: [world.job]),
    "cases/answers/<code>": _words("hotline"),
    "cases/filters/<pk>": _rows(SavedFilter, lambda actor: Q(user_id=actor.user_id or 0)),
    "cases/posters/<pk>": PLACES,
    "cases/<pk>": CASES,
    "cases/<pk>/do/<verb>": _words("accept"),
    "cases/<pk>/reporters/<reporter>": OF_CASES(Reporter),
    "cases/<pk>/ratings/<rating>": OF_CASES(Rating),
    "cases/<pk>/helps/<help_id>": OF_CASES(Help),
    "cases/<pk>/whistles/<whistle>": OF_CASES(Whistle),
    "cases/<pk>/whistles/<whistle>/<verb>": _words("report_in"),
    "cases/attachments/<pk>": ATTACHMENTS,
    "public/r/<code>": Source(lambda world: [poster_code(world.cast.places["building"].pk)]),
    "public/report/received/<number>": NUMBERS,
    "public/cases/<number>": NUMBERS,
    "public/cases/<number>/photos/<pk>": Source(lambda world: ATTACHMENTS.values(world)[:1], NONE),
    "public/cases/<number>/<verb>": _words("urge", "withdraw"),
    "public/rate/<token>": Source(lambda world: [world.tokens["rating"]]),
    "public/figures/<code>.json": _words("990901001"),
    "public/figures/<code>": _words("990901001"),
    "public/grids/<code>": _words("CX101"),
    "figures/<figure_id>": _words("matters.all"),
    "reports/<code>": _words("weekly"),
    "reports/<code>/template/<version>": _words("1"),
    "reports/<code>/draft.<form>": _words("docx", "html"),
    "reports/issued/<pk>": _rows(IssuedReport, _able("figures.view")),
    "reports/issued/<pk>/report.<form>": _words("docx"),
    "alerts/<pk>": _rows(Alert, alerts_visible_to, far=_away(Alert, "place")),
    "alerts/<pk>/<verb>": _words("acknowledge", "settle"),
    "figures/boards/<code>": _words("overview"),
    "asks/<pk>": _rows(Ask, asks_visible_to),
    "asks/<pk>/<verb>": _words("approve", "refuse", "send", "end"),
    "asks/answers/<pk>": _rows(AskAnswer, answers_visible_to),
    "disclosure/new/<item>": _words("major", "free"),
    "disclosure/<pk>": _rows(Publication, publications_visible_to, far=_away(Publication, "place")),
    "disclosure/due/<pk>": _rows(DisclosureDue, dues_visible_to, far=_away(DisclosureDue, "place")),
    "disclosure/questions/<pk>": _rows(
        PublicationQuestion, questions_visible_to, far=_away(PublicationQuestion, "place")
    ),
    "public/disclosure/<code>": _words("990901001001"),
    "public/disclosure/notices/<pk>": _rows(Publication, lambda actor: shown_to(actor, None)),
    "public/disclosure/notices/<pk>/files/<file>": Source(
        lambda _world: list(PublicationFile.objects.order_by("pk").values_list("pk", flat=True)[:1]), NONE
    ),
    "public/disclosure/questions/<token>": Source(lambda world: [world.tokens["question"]]),
    "meetings/<pk>": _rows(Meeting, meetings_visible_to, far=_away(Meeting, "place")),
    "meetings/<pk>/<verb>": _words("invite", "hold", "commit"),
    "meetings/<pk>/files/<file>": _rows(
        MeetingFile, lambda actor: Q(meeting__in=Meeting.objects.filter(meetings_visible_to(actor)).values("pk"))
    ),
    "meetings/series/<pk>": _rows(MeetingSeries, series_visible_to, far=_away(MeetingSeries, "place")),
    "meetings/due/<pk>": _rows(SessionDue, rows_visible_to),
    "meetings/items/<pk>": _rows(AgendaItem, rows_visible_to, far=_away(AgendaItem, "place")),
    "meetings/items/<pk>/<verb>": _words("conclude", "rate"),
    "meetings/commitments/<pk>": _rows(Commitment, commitments_visible_to, far=_away(Commitment, "place")),
    "meetings/commitments/<pk>/<verb>": _words("report", "keep", "postpone"),
    "meetings/relations/<pk>": _rows(Partnership, rows_visible_to, far=_away(Partnership, "place")),
    "meetings/relations/<pk>/<verb>": _words("set_up", "event"),
    "public/meetings/<code>": _words("990901001001"),
    "public/forums/<pk>": _rows(MeetingSeries, lambda _actor: Q(public=True)),
    "public/proposals/<token>": Source(lambda world: [world.tokens["proposal"]]),
    "polls/<pk>": _rows(Poll, polls_visible_to, far=_away(Poll, "place")),
    "polls/<pk>/<verb>": _words("announce", "open", "close", "publish", "cancel", "void"),
    "public/polls/<pk>": _rows(Poll, lambda _actor: public_polls()),
    "documents/<pk>": _rows(PolicyDocument, documents_visible_to, far=_away(PolicyDocument, "place")),
    "documents/<pk>/<verb>": _words("renew", "replace", "repeal", "reinstate"),
    "documents/files/<pk>": _rows(PolicyFile, _of_documents, far=_away(PolicyFile, "document__place")),
    "public/documents/<pk>": _rows(PolicyDocument, lambda _actor: public_documents()),
    "public/documents/files/<pk>": _rows(PolicyFile, lambda _actor: Q(document__public=True)),
    "funds/<pk>": _rows(FundAccount, accounts_visible_to, far=_away(FundAccount, "place")),
    "funds/entries/<pk>": _rows(FundEntry, hangs_visible_to, far=_away(FundEntry, "place")),
    "funds/entries/<pk>/<verb>": _words("approve", "refuse", "reverse"),
    "funds/quarters/<pk>": _rows(FundQuarter, hangs_visible_to, far=_away(FundQuarter, "place")),
    "funds/quarters/<pk>/<verb>": _words("close", "publish"),
    "funds/receipts/<pk>": _rows(FundReceipt, _of_funds, far=_away(FundReceipt, "entry__place")),
    "funds/receipts/<pk>/<verb>": _words("hide", "show"),
    "funds/counts/<pk>": _rows(FundCount, hangs_visible_to, far=_away(FundCount, "place")),
    "funds/counts/<pk>/<verb>": _words("confirm", "refuse"),
    "public/funds/quarters/<pk>": _rows(FundQuarter, lambda _actor: Q(state="published")),
    "public/funds/receipts/<pk>": _rows(FundReceipt, lambda _actor: Q(shown=True)),
    "public/funds/<pk>": _rows(FundAccount, lambda _actor: Q(quarters__state="published")),
    "public/funds/<code>": _words("990901001001"),
    "bodies/<pk>": _rows(BodyFounding, foundings_visible_to, far=_away(BodyFounding, "place")),
    "bodies/<pk>/<verb>": _words("call", "drop"),
    "bodies/elections/<pk>": _rows(BodyElection, foundings_visible_to, far=_away(BodyElection, "place")),
    "bodies/candidates/<pk>": _rows(BodyCandidate, _of_elections, far=_away(BodyCandidate, "election__place")),
    "bodies/elections/<pk>/<verb>": _words("nominate", "void"),
    "public/bodies/<pk>": _rows(BodyFounding, lambda _actor: public_bodies()),
    "public/bodies/<code>": _words("990901001001"),
    "mediations/<pk>": _rows(Mediation, mediations_visible_to, far=_away(Mediation, "place")),
    "mediations/<pk>/<verb>": _words("plan", "withdraw"),
    "mediations/parties/<pk>": _rows(Party, _of_mediations, far=_away(Party, "mediation__place")),
    "mediations/sessions/<pk>": _rows(MediationSession, _of_mediations, far=_away(MediationSession, "place")),
    "mediations/items/<pk>": _rows(AgreementItem, _of_agreements, far=_away(AgreementItem, "agreement__place")),
    "conventions/<pk>": _rows(Convention, conventions_visible_to, far=_away(Convention, "place")),
    "conventions/<pk>/<verb>": _words("open", "drop"),
    "conventions/comments/<pk>": _rows(
        ConventionComment, _of_conventions, far=_away(ConventionComment, "convention__place")
    ),
    "public/conventions/<pk>": _rows(Convention, lambda _actor: public_conventions()),
    "public/conventions/<code>": _words("990901001001"),
    "topics/<pk>": _rows(Topic, topics_visible_to, far=_away(Topic, "place")),
    "topics/<pk>/<verb>": _words("begin", "postpone"),
    "topics/steps/<pk>": _rows(TopicStep, _of_topics, far=_away(TopicStep, "topic__place")),
    "topics/steps/<pk>/<verb>": _words("attach"),
    "topics/objections/<pk>": _rows(TopicObjection, _of_topics, far=_away(TopicObjection, "topic__place")),
    "topics/papers/<pk>": _rows(StepPaper, _of_steps, far=_away(StepPaper, "step__topic__place")),
    "topics/resolutions/<pk>": _rows(Resolution, resolutions_visible_to, far=_away(Resolution, "place")),
    "topics/tasks/<pk>": _rows(ResolutionTask, _of_resolutions, far=_away(ResolutionTask, "resolution__place")),
    "public/topics/<pk>": _rows(Topic, lambda _actor: public_topics()),
    "public/topics/<code>": _words("990901001001"),
    "assessments/<pk>": _rows(Assessment, rounds_visible_to),
    "assessments/<pk>/do/<verb>": _words("freeze", "withdraw"),
    "assessments/assessed/<pk>": _rows(Assessed, assessed_visible_to, far=_away(Assessed, "place")),
    "assessments/assessed/<pk>/say/<verb>": _words("state", "comment", "object"),
    "assessments/parts/<pk>": _rows(AssessmentPart, _of_assessed, far=_away(AssessmentPart, "assessed__place")),
    "assessments/objections/<pk>": _rows(Objection, _of_assessed),
    "assessments/scores/<pk>": _rows(CriterionScore, _of_assessed),
    "inspections/<pk>": _rows(Inspection, inspections_visible_to, far=_away(Inspection, "place")),
    "inspections/plan/<pk>": _rows(Place, run_places, _held("places", "county", "far_street")),
    "inspections/findings/<pk>": _rows(Finding, findings_visible_to),
    "inspections/findings/<pk>/<verb>": _words("rectify", "verify", "return"),
    "public/assessments/<pk>": PUBLISHED,
    "api/v1/asks/<pk>": _rows(Ask, asks_visible_to),
    "api/v1/asks/answers/<pk>": _rows(AskAnswer, answers_visible_to),
    "api/v1/assessments/<pk>": PUBLISHED,
    "api/v1/boards/<code>": _words("overview"),
    "api/v1/alerts/<pk>": _rows(Alert, alerts_visible_to, far=_away(Alert, "place")),
    "api/v1/reports/<pk>": _rows(IssuedReport, _able("figures.view")),
    "figures/surveys/<pk>": _rows(SatisfactionSurvey, surveys_visible_to),
    "figures/models/<code>": _words("doorstep"),
    "figures/models/<code>/<component>": _words("venues"),
    "figures/models/<code>/<component>/<of>": _words("case", "facility"),
    "api/v1/records/<code>": _words("case"),
    "api/v1/figures/<figure_id>": _words("matters.all"),
    "api/v1/models/<code>": _words("doorstep"),
    "api/v1/records/<code>/<pk>": CASES,
    "api/v1/cases/<pk>": CASES,
    "api/v1/cases/<pk>/<verb>": _words("accept", "finish"),
    "api-keys/<pk>": _rows(ApiKey, _able("system.configure")),
    "api-keys/webhooks/<pk>": _rows(Webhook, webhooks_visible_to),
    "api-keys/webhooks/<pk>/<verb>": _words("pause", "end"),
    "api-keys/webhooks/<pk>/deliveries/<delivery>": _rows(WebhookDelivery, _able("system.configure")),
    "open311/v2/services/<code>": _words("lighting"),
    "open311/v2/requests/<number>": Source(NUMBERS.values, NUMBERS.missing, _published),
    "open311/v2/tokens/<token>": _words("a:b:c"),
    "open311/v2/photos/<pk>": _rows(Attachment, _shown),
}
