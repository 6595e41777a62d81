"""Words by which people call a topic, written by the bureau."""

from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.errors import Refusal
from cases.house.acts import Act, Done, Hand, Said, change, table
from cases.house.forms import WordsForm
from cases.models import Topic


def _words(topic: Topic, said: Said, hand: Hand) -> Done:
    changes = change(topic, {"aliases": said["aliases"]})
    if not changes:
        raise Refusal("没有改动，无需保存。")
    topic.save(update_fields=["aliases", "words"])
    return Done(str(topic), changes)


def _out_of_use(topic: Topic, on: object) -> str:
    return "" if topic.is_current else "这一项已不再使用。"


ACTS = table(Act[Topic]("topic", "words", "更改俗称", Right.MANAGE_LISTS, WordsForm, _words, shut=_out_of_use))
