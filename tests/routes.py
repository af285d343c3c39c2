"""Every route of Linli as the URL resolver knows it, where the values of its parameters come from, and what is asked.

A route with a parameter that WHERE does not name makes the tests fail with its address: say there where a value
comes from, what stands for one that does not exist, and who may see which.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import product
from typing import Any, Final

from django.contrib.admindocs.views import simplify_regex
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.http import urlencode
from procrastinate.contrib.django.models import ProcrastinateJob
from tests import domains
from tests.sources import NONE, Source, Values, able, away, held, rows, words
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
from linli.deliberation.views.public_meetings import rating_token
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


@dataclass(frozen=True, slots=True)
class Route:
    """One address with `<name>` for each parameter, and the name by which code calls it."""

    address: str
    name: str

    @property
    def parameters(self) -> list[str]:
        """The names of the parameters in their order."""
        return re.findall(r"<(\w+)>", self.address)

    def sources(self) -> list[Source | None]:
        """Where the value of each parameter comes from; None where nobody has said so."""
        steps = re.finditer(r"<\w+>", self.address)
        return [WHERE.get(self.address[: step.end()]) or WHERE.get(step.group()) for step in steps]

    def filled(self, values: Sequence[Any]) -> str:
        """The address with these values."""
        rest = iter(values)
        return "/" + re.sub(r"<\w+>", lambda _match: str(next(rest)), self.address)


@dataclass(frozen=True, slots=True)
class Asked:
    """One filled address; `twins` are the same with one row, each in turn, replaced by one that does not exist."""

    route: Route
    address: str
    sources: tuple[Source, ...]
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
        return (self.status, *_plain(self)) == (other.status, *_plain(other))


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
    """The addresses of a route over the values that its parameters take in the world.

    Of rows that are alike one is asked, but where rows are named together: which belong to which tells them apart.
    """
    sources = [source for source in route.sources() if source]
    if len(sources) != len(route.parameters):
        return []
    found, alone = [], sum(bool(source.missing) for source in sources) == 1
    for values in product(*(world.unlike(source) if alone else source.values(world) for source in sources)):
        twins = [
            route.filled([*values[:position], source.missing, *values[position + 1 :]])
            for position, source in enumerate(sources)
            if source.missing
        ]
        found.append(Asked(route, route.filled(values), tuple(sources), values, tuple(twins)))
    return found


def shared_out(world: World, items: Iterable[Asked], roles: Sequence[str]) -> set[tuple[str, str]]:
    """Who asks which address, shared out among them: each role every route, by a row that it sees and by one that is
    hidden from it; each row three roles that see it and three that do not. Rows chosen by hand are asked by all."""
    found: set[tuple[str, str]] = set()
    asking: set[tuple[str, str, bool]] = set()
    staged = cache(lambda source: bool(source.missing and source.stages()))
    for turn, item in enumerate(items):
        by_hand = not any(map(staged, item.sources))
        sides = {role: world.hides(role, item.sources, item.values) for role in roles}
        for hidden in (True, False):
            side = [role for role in roles if sides[role] is hidden]
            chosen = {side[(turn + step) % len(side)] for step in range(len(side) if by_hand else min(3, len(side)))}
            chosen |= {role for role in side if (role, item.route.address, hidden) not in asking}
            asking |= {(role, item.route.address, hidden) for role in chosen}
            found |= {(role, item.address) for role in chosen}
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


def _plain(answer: Answer) -> tuple[str, str]:
    """Where to and what was said, without what differs from one request to the next and the address asked for."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', r"\1", answer.text)
    text = re.sub(r"\b[A-Za-z0-9]{64}\b", "", text)
    return answer.location.replace(answer.address, ""), text.replace(answer.address, "")


def written() -> dict[str, int]:
    """How many rows this transaction has tried to write in each table, those of savepoints taken back included."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        rows: list[tuple[str, int]] = cursor.fetchall()
    return {name: count for name, count in rows if not name.startswith(BESIDE)}


def _told(*roles: str) -> Values:
    """The ids of the messages to these people."""
    return lambda world: list(
        Message.objects.filter(user__in=[world.users[role] for role in roles]).values_list("pk", flat=True)
    )


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


CASES: Final = rows(
    Case,
    cases_visible_to,
    _matters("complaint", "whistled", "closed", "dispute", "elsewhere"),
    _matters("elsewhere"),
)
OF_CASES: Final = partial(rows, visible=_visible_cases)
NUMBERS: Final = Source(
    lambda world: [world.matters[name].number for name in ("whistled", "closed", "complaint")], "000000000000", _own
)
ATTACHMENTS: Final = OF_CASES(Attachment)
PLACES: Final = rows(
    Place,
    places_visible_to,
    held("places", "community", "far_community", "grid"),
    held("places", "far_community"),
)
BODIES: Final = rows(
    Organization,
    bodies_visible_to,
    held("bodies", "community_office", "far_office", "committee", "planned"),
    held("bodies", "far_office"),
)
POSTS: Final = rows(
    Post, posts_visible_to, held("posts", "grid_worker", "department_handler", "outsider"), held("posts", "outsider")
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
PEOPLE: Final = rows(Person, people_visible_to, _people("grid_worker", "outsider"), _people("outsider"))
WHERE: Final[Mapping[str, Source]] = {
    "<form>": words("csv"),
    **dict.fromkeys((f"open311/v2/{name}.<form>" for name in OPEN311), words("json")),
    "<key>": words("a" * 40),
    "<uidb36>": words("1"),
    "<provider_id>": words("oidc"),
    "records/<code>": words("case", "whistle", "department", "grid", "household_group"),
    "properties/<code>": words("case"),
    "properties/<code>/<pk>": CASES,
    "imports/uploads/<pk>": rows(Upload, imports_visible_to),
    "imports/uploads/<pk>/map/<file>": words("0"),
    "imports/uploads/<pk>/map/<file>/<table>": words("0"),
    "imports/<pk>": rows(Batch, imports_visible_to),
    "settings/versions/<pk>": rows(ProfileVersion, able("system.configure")),
    "settings/profile/<name>": words("cases"),
    "territory/<pk>": PLACES,
    "territory/hubs/<pk>": rows(HubService, able("territory.view")),
    "territory/boundaries/waiting/<pk>": rows(Redrawing, able("system.configure")),
    "territory/boundaries/<key>": words("0" * 64),
    "organizations/<pk>": BODIES,
    "organizations/members-by-grid/<pk>": rows(GridMembers, bodies_visible_to),
    "organizations/seats/<pk>": rows(Seat, bodies_visible_to),
    "organizations/groups/<pk>": rows(HouseholdGroup, groups_visible_to),
    "organizations/offers/<pk>": rows(ResourceOffer, bodies_visible_to, far=away(ResourceOffer, "place")),
    "organizations/posts/<pk>": POSTS,
    "organizations/hand-overs/<pk>": rows(
        HandOver, lambda actor: Q(post__in=Post.objects.filter(posts_visible_to(actor)))
    ),
    "organizations/people/<pk>": PEOPLE,
    "organizations/duty/<pk>": rows(Shift, lambda actor: Q(post__in=Post.objects.filter(posts_visible_to(actor)))),
    "security/accounts/<pk>": rows(
        User, able("security.manage"), lambda world: [world.users["resident"].pk, world.users["outsider"].pk]
    ),
    "security/people/<pk>": PEOPLE,
    "messages/<pk>": rows(Message, messages_visible_to, far=_told("outsider", "far_officer")),
    "messages/outbox/<pk>": rows(Delivery, able("system.configure")),
    "messages/outbox/jobs/<pk>": rows(ProcrastinateJob, able("system.configure"), lambda world: [world.job]),
    "cases/answers/<code>": words("hotline"),
    "cases/filters/<pk>": rows(SavedFilter, lambda actor: Q(user_id=actor.user_id or 0)),
    "cases/posters/<pk>": PLACES,
    "cases/<pk>": CASES,
    "cases/<pk>/do/<verb>": words("accept"),
    "cases/<pk>/reporters/<reporter>": OF_CASES(Reporter),
    "cases/<pk>/ratings/<rating>": OF_CASES(Rating),
    "cases/<pk>/helps/<help_id>": OF_CASES(Help),
    "cases/<pk>/whistles/<whistle>": OF_CASES(Whistle),
    "cases/<pk>/whistles/<whistle>/<verb>": words("report_in"),
    "cases/attachments/<pk>": ATTACHMENTS,
    "public/r/<code>": Source(lambda world: [poster_code(world.cast.places["building"].pk)]),
    "public/report/received/<number>": NUMBERS,
    "public/cases/<number>": NUMBERS,
    "public/cases/<number>/photos/<pk>": Source(lambda world: ATTACHMENTS.values(world)[:1], NONE),
    "public/cases/<number>/<verb>": words("urge", "withdraw"),
    "public/rate/<token>": Source(lambda world: [world.tokens["rating"]]),
    "public/figures/<code>.json": words("990901001"),
    "public/figures/<code>": words("990901001"),
    "public/grids/<code>": words("CX101"),
    "figures/<figure_id>": words("matters.all"),
    "reports/<code>": words("weekly"),
    "reports/<code>/template/<version>": words("1"),
    "reports/<code>/draft.<form>": words("docx", "html"),
    "reports/issued/<pk>": rows(IssuedReport, able("figures.view")),
    "reports/issued/<pk>/report.<form>": words("docx"),
    "alerts/<pk>": rows(Alert, alerts_visible_to, far=away(Alert, "place")),
    "alerts/<pk>/<verb>": words("acknowledge", "settle"),
    "figures/boards/<code>": words("overview"),
    "asks/<pk>": rows(Ask, asks_visible_to),
    "asks/<pk>/<verb>": words("approve", "refuse", "send", "end"),
    "asks/answers/<pk>": rows(AskAnswer, answers_visible_to),
    "disclosure/new/<item>": words("major", "free"),
    "disclosure/<pk>": rows(Publication, publications_visible_to, far=away(Publication, "place")),
    "disclosure/due/<pk>": rows(DisclosureDue, dues_visible_to, far=away(DisclosureDue, "place")),
    "disclosure/questions/<pk>": rows(
        PublicationQuestion, questions_visible_to, far=away(PublicationQuestion, "place")
    ),
    "public/disclosure/<code>": words("990901001001"),
    "public/disclosure/notices/<pk>": rows(Publication, lambda actor: shown_to(actor, None)),
    "public/disclosure/notices/<pk>/files/<file>": Source(
        lambda _world: list(PublicationFile.objects.order_by("pk").values_list("pk", flat=True)[:1]), NONE
    ),
    "public/disclosure/questions/<token>": Source(lambda world: [world.tokens["question"]]),
    "meetings/<pk>": rows(Meeting, meetings_visible_to, far=away(Meeting, "place")),
    "meetings/<pk>/<verb>": words("invite", "hold", "commit"),
    "meetings/<pk>/files/<file>": rows(
        MeetingFile, lambda actor: Q(meeting__in=Meeting.objects.filter(meetings_visible_to(actor)).values("pk"))
    ),
    "meetings/series/<pk>": rows(MeetingSeries, series_visible_to, far=away(MeetingSeries, "place")),
    "meetings/due/<pk>": rows(SessionDue, rows_visible_to),
    "meetings/items/<pk>": rows(AgendaItem, rows_visible_to, far=away(AgendaItem, "place")),
    "meetings/items/<pk>/<verb>": words("conclude", "rate"),
    "meetings/commitments/<pk>": rows(Commitment, commitments_visible_to, far=away(Commitment, "place")),
    "meetings/commitments/<pk>/<verb>": words("report", "keep", "postpone"),
    "meetings/relations/<pk>": rows(Partnership, rows_visible_to, far=away(Partnership, "place")),
    "meetings/relations/<pk>/<verb>": words("set_up", "event"),
    "public/meetings/<code>": words("990901001001"),
    "public/forums/<pk>": rows(MeetingSeries, lambda _actor: Q(public=True)),
    "public/proposals/<token>": Source(lambda world: [world.tokens["proposal"]]),
    "public/ratings/<token>": Source(
        lambda _world: [
            rating_token(pk) for pk in AgendaItem.objects.filter(result="settled").values_list("meeting", flat=True)
        ]
    ),
    "polls/<pk>": rows(Poll, polls_visible_to, far=away(Poll, "place")),
    "polls/<pk>/<verb>": words("announce", "open", "close", "publish", "cancel", "void"),
    "public/polls/<pk>": rows(Poll, lambda _actor: public_polls()),
    "documents/<pk>": rows(PolicyDocument, documents_visible_to, far=away(PolicyDocument, "place")),
    "documents/<pk>/<verb>": words("renew", "replace", "repeal", "reinstate"),
    "documents/files/<pk>": rows(PolicyFile, _of_documents, far=away(PolicyFile, "document__place")),
    "public/documents/<pk>": rows(PolicyDocument, lambda _actor: public_documents()),
    "public/documents/files/<pk>": rows(PolicyFile, lambda _actor: Q(document__public=True)),
    # Chosen one by one: what is counted in one is not seen at its row.
    "funds/<pk>": rows(
        FundAccount,
        accounts_visible_to,
        lambda _world: list(FundAccount.objects.order_by("pk").values_list("pk", flat=True)),
        away(FundAccount, "place"),
    ),
    "funds/entries/<pk>": rows(FundEntry, hangs_visible_to, far=away(FundEntry, "place")),
    "funds/entries/<pk>/<verb>": words("approve", "refuse", "reverse"),
    "funds/quarters/<pk>": rows(FundQuarter, hangs_visible_to, far=away(FundQuarter, "place")),
    "funds/quarters/<pk>/<verb>": words("close", "publish"),
    "funds/receipts/<pk>": rows(FundReceipt, _of_funds, far=away(FundReceipt, "entry__place")),
    "funds/receipts/<pk>/<verb>": words("hide", "show"),
    "funds/counts/<pk>": rows(FundCount, hangs_visible_to, far=away(FundCount, "place")),
    "funds/counts/<pk>/<verb>": words("confirm", "refuse"),
    "public/funds/quarters/<pk>": rows(FundQuarter, lambda _actor: Q(state="published")),
    "public/funds/receipts/<pk>": rows(FundReceipt, lambda _actor: Q(shown=True)),
    "public/funds/<pk>": rows(FundAccount, lambda _actor: Q(quarters__state="published")),
    "public/funds/<code>": words("990901001001"),
    "bodies/<pk>": rows(BodyFounding, foundings_visible_to, far=away(BodyFounding, "place")),
    "bodies/<pk>/<verb>": words("call", "drop"),
    "bodies/elections/<pk>": rows(BodyElection, foundings_visible_to, far=away(BodyElection, "place")),
    "bodies/candidates/<pk>": rows(BodyCandidate, _of_elections, far=away(BodyCandidate, "election__place")),
    "bodies/elections/<pk>/<verb>": words("nominate", "void"),
    "public/bodies/<pk>": rows(BodyFounding, lambda _actor: public_bodies()),
    "public/bodies/<code>": words("990901001001"),
    "mediations/<pk>": rows(Mediation, mediations_visible_to, far=away(Mediation, "place")),
    "mediations/<pk>/<verb>": words("plan", "withdraw"),
    "mediations/parties/<pk>": rows(Party, _of_mediations, far=away(Party, "mediation__place")),
    "mediations/sessions/<pk>": rows(MediationSession, _of_mediations, far=away(MediationSession, "place")),
    "mediations/items/<pk>": rows(AgreementItem, _of_agreements, far=away(AgreementItem, "agreement__place")),
    "conventions/<pk>": rows(Convention, conventions_visible_to, far=away(Convention, "place")),
    "conventions/<pk>/<verb>": words("open", "drop"),
    "conventions/comments/<pk>": rows(
        ConventionComment, _of_conventions, far=away(ConventionComment, "convention__place")
    ),
    "public/conventions/<pk>": rows(Convention, lambda _actor: public_conventions()),
    "public/conventions/<code>": words("990901001001"),
    "topics/<pk>": rows(Topic, topics_visible_to, far=away(Topic, "place")),
    "topics/<pk>/<verb>": words("begin", "postpone"),
    "topics/steps/<pk>": rows(TopicStep, _of_topics, far=away(TopicStep, "topic__place")),
    "topics/steps/<pk>/<verb>": words("attach"),
    "topics/objections/<pk>": rows(TopicObjection, _of_topics, far=away(TopicObjection, "topic__place")),
    "topics/papers/<pk>": rows(StepPaper, _of_steps, far=away(StepPaper, "step__topic__place")),
    "topics/resolutions/<pk>": rows(Resolution, resolutions_visible_to, far=away(Resolution, "place")),
    "topics/tasks/<pk>": rows(ResolutionTask, _of_resolutions, far=away(ResolutionTask, "resolution__place")),
    "public/topics/<pk>": rows(Topic, lambda _actor: public_topics()),
    "public/topics/<code>": words("990901001001"),
    "assessments/<pk>": rows(Assessment, rounds_visible_to),
    "assessments/<pk>/do/<verb>": words("freeze", "withdraw"),
    "assessments/assessed/<pk>": rows(Assessed, assessed_visible_to, far=away(Assessed, "place")),
    "assessments/assessed/<pk>/say/<verb>": words("state", "comment", "object"),
    "assessments/parts/<pk>": rows(AssessmentPart, _of_assessed, far=away(AssessmentPart, "assessed__place")),
    "assessments/objections/<pk>": rows(Objection, _of_assessed),
    "assessments/scores/<pk>": rows(CriterionScore, _of_assessed),
    "inspections/<pk>": rows(Inspection, inspections_visible_to, far=away(Inspection, "place")),
    "inspections/plan/<pk>": rows(Place, run_places, held("places", "county", "far_street")),
    "inspections/findings/<pk>": rows(Finding, findings_visible_to),
    "inspections/findings/<pk>/<verb>": words("rectify", "verify", "return"),
    "public/assessments/<pk>": PUBLISHED,
    "api/v1/asks/<pk>": rows(Ask, asks_visible_to),
    "api/v1/asks/answers/<pk>": rows(AskAnswer, answers_visible_to),
    "api/v1/assessments/<pk>": PUBLISHED,
    "api/v1/boards/<code>": words("overview"),
    "api/v1/alerts/<pk>": rows(Alert, alerts_visible_to, far=away(Alert, "place")),
    "api/v1/reports/<pk>": rows(IssuedReport, able("figures.view")),
    "figures/surveys/<pk>": rows(SatisfactionSurvey, surveys_visible_to),
    "figures/models/<code>": words("doorstep"),
    "figures/models/<code>/<component>": words("venues"),
    "figures/models/<code>/<component>/<of>": words("case", "facility"),
    "api/v1/records/<code>": words("case"),
    "api/v1/figures/<figure_id>": words("matters.all"),
    "api/v1/models/<code>": words("doorstep"),
    "api/v1/records/<code>/<pk>": CASES,
    "api/v1/cases/<pk>": CASES,
    "api/v1/cases/<pk>/<verb>": words("accept", "finish"),
    "api-keys/<pk>": rows(ApiKey, able("system.configure")),
    "api-keys/webhooks/<pk>": rows(Webhook, webhooks_visible_to),
    "api-keys/webhooks/<pk>/<verb>": words("pause", "end"),
    "api-keys/webhooks/<pk>/deliveries/<delivery>": rows(WebhookDelivery, able("system.configure")),
    "open311/v2/services/<code>": words("lighting"),
    "open311/v2/requests/<number>": Source(NUMBERS.values, NUMBERS.missing, _published),
    "open311/v2/tokens/<token>": words("a:b:c"),
    "open311/v2/photos/<pk>": rows(Attachment, _shown),
    **domains.WHERE,
}
