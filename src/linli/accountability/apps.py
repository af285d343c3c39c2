"""The app `accountability`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountabilityConfig(AppConfig):
    """The figure book and what is made of it."""

    name = "linli.accountability"
    label = "accountability"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Own the profile's `reports.yaml` with the Word files beside it, and its `assessments.yaml`."""
        from linli.accountability.alert_section import AlertsSection
        from linli.accountability.alert_section import faults as alert_faults
        from linli.accountability.ask_section import AsksSection
        from linli.accountability.assessing import checking
        from linli.accountability.assessing.section import AssessmentsSection
        from linli.accountability.board_section import BoardsSection
        from linli.accountability.board_section import faults as board_faults
        from linli.accountability.documents.drafting import drafted
        from linli.accountability.operations.reports import templates_take_in
        from linli.accountability.queries.asks import grounded_on
        from linli.accountability.queries.of_terms import assessments_of_term
        from linli.accountability.queries.reports import folder_faults, folder_write
        from linli.accountability.report_section import ReportsSection
        from linli.accountability.words import WORK
        from linli.accountability.workflow.alerts import WORK as ALERT_WORK
        from linli.accountability.workflow.asks import MESSAGES as ASK_MESSAGES
        from linli.accountability.workflow.asks import WORK as ASK_WORK
        from linli.core.navigation import NavItem, register
        from linli.core.printing import register_word
        from linli.core.work import register_work
        from linli.messaging import kinds
        from linli.publishing.references import register_references
        from linli.records.operations.profiles import register_beside, register_check
        from linli.records.profiles import register_section
        from linli.secondments.queries.assessed import register_assessments

        register_assessments(assessments_of_term)
        register_references(grounded_on)
        register_section("reports", ReportsSection)
        register_section("assessments", AssessmentsSection)
        register_section("asks", AsksSection)
        register_section("alerts", AlertsSection)
        register_check(alert_faults)
        register_work(*ALERT_WORK)
        kinds.register(kinds.MessageKind("alert.raised", _("Alert"), "alert-triangle"))
        register(NavItem("alerts", _("Alerts"), "alert-triangle", "alerts:list", "figures.view", 42))
        register_word(drafted)
        register_section("boards", BoardsSection)
        register_check(board_faults)
        register_work(*ASK_WORK)
        kinds.register(*(kinds.MessageKind(code, label, "upload", said) for code, label, said in ASK_MESSAGES))
        register(NavItem("asks", _("Forms and asks"), "upload", "asks:list", "asks.view asks.answer", 50))
        register_check(checking.faults)
        register_work(*WORK)
        register(NavItem("assessments", _("Assessment"), "star", "assessments:list", "assessments.rate", 55))
        register_beside(folder_faults, templates_take_in, folder_write)
