"""Stories and letters of the demo place: one published with consent, one draft, a letter that its writer shows."""

from collections.abc import Mapping
from typing import Final

from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.publishing.operations.stories import (
    Consent,
    Draft,
    Letter,
    letter_write,
    story_draft,
    story_publish,
    story_tell,
)
from linli.territory.models import Place

TEXT: Final = "楼道里的旧报箱改成了书架，谁都可以放书、借书。三个月里借出两百多册，放学的孩子先来这里再回家。"
WORDS: Final = "演示书友住在三楼，每天傍晚把书摆齐，破了的补好，还教孩子们写借书条。"


def tales_begin(actors: Mapping[str, Actor]) -> None:
    """The secretary publishes what the desk wrote; another draft waits, and so does a letter that is only kept."""
    desk, secretary = actors["shequ"], actors["shuji"]
    home = Place.objects.get(name=HOME)
    with days_ago(12):
        draft = Draft(home.pk, "place", "楼道书架借出两百册", "一号楼", TEXT)
        row = story_draft(actor=desk, draft=draft)
        told = Consent(clock.today(), "self", "here")
        story_tell(actor=desk, story_id=row.pk, name="演示书友", words=WORDS, consent=told)
    with days_ago(10):
        story_publish(actor=secretary, story_id=row.pk)
        words = "路灯坏了两年，报上去第三天就亮了。谢谢来修灯的师傅，雨天也没有推辞。"
        letter = Letter("thanks", home.pk, "灯亮了", "演示供水公司", "演示居民", words)
        agreed = Consent(clock.today(), "self", "paper")
        shown = letter_write(actor=desk, letter=letter, consent=agreed, on_paper=True)
    with days_ago(8):
        story_publish(actor=secretary, story_id=shown.pk)
    with days_ago(2):
        kept = Letter("praise", home.pk, "表扬物业管家", "演示安居物业公司", "演示住户", "电梯困人，管家五分钟就到。")
        letter_write(actor=desk, letter=kept, on_paper=True)
        story_draft(
            actor=desk, draft=Draft(home.pk, "unit", "消防演练进院子", "演示安居物业公司", "老人孩子都学会了用灭火器。")
        )
