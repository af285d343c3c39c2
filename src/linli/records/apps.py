"""The spine: registers its own profile sections and finds every domain's record types and resolvers."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class RecordsConfig(AppConfig):
    """The app `records`."""

    name = "linli.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Sections first: record types look up the dimensions that a profile adds."""
        from linli.records import added, checking, profiles, sections, types
        from linli.records.figures import definitions
        from linli.records.figures.sums import checking as sums_checking  # noqa: F401  registers itself with the doctor
        from linli.records.figures.sums import touching
        from linli.records.operations.profiles import register_check

        profiles.register_section("place", sections.PlaceSection)
        profiles.register_section("dimensions", sections.DimensionsSection)
        profiles.register_section("models", sections.ModelsSection)
        profiles.register_section("vocabularies", sections.VocabulariesSection)
        profiles.register_section("imports", sections.ImportsSection)
        profiles.register_section("figures", definitions.FiguresSection)
        types.extend_by(added.dimensions)
        register_check(checking.faults)
        autodiscover_modules("records", "resolving", "file_readers", "profile_words")
        post_migrate.connect(touching.install, sender=self, dispatch_uid="records.sums")
