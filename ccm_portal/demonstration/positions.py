"""Positions on interpretation for the demonstration: made up, marked so, and each text says it itself."""

from datetime import datetime, timedelta

from ccm_portal.demonstration.scenes import before, cast
from compliance.domain import positions
from compliance.domain.positions import Source, Words
from compliance.models import Position, Topic

INVENTED = Source(kind="other", where="Demonstration", reference="Demonstration data: made up")
# State, topic, days ago, language, words, translation
NOTED = (
    ("LBN", "transit", 820, "ar",
     "مثال مختلق للعرض: نرى أن عبور الذخائر العنقودية أراضينا محظور، وقد أدرجنا ذلك في مشروع القانون.",
     "Invented for demonstration: we hold that transit of cluster munitions through our territory is prohibited, and"
     " have written so into the draft law."),
    ("TCD", "transit", 610, "fr",
     "Exemple inventé pour la démonstration : l'interdiction d'assistance s'étend, selon nous, au transit par notre"
     " espace aérien.",
     "Invented for demonstration: in our view the prohibition of assistance extends to transit through our airspace."),
    ("TCD", "investment", 610, "fr",
     "Exemple inventé pour la démonstration : l'investissement dans la production est une forme d'assistance.",
     "Invented for demonstration: investment in production is a form of assistance."),
    ("VUT", "foreign-stockpiling", 430, "en",
     "Invented for demonstration: no other State may keep cluster munitions on our islands.", ""),
    ("VUT", "retention", 430, "en",
     "Invented for demonstration: we keep none, and see no need to.", ""),
)  # fmt: skip
FIRST = "Invented for demonstration: we are studying whether transit is covered."
SECOND = "Invented for demonstration: we hold that transit is covered by Article 1(1)(b) and (c)."
PROPOSED = "Invented for demonstration: assistance in planning is excluded in joint operations."


def load_positions(*, at: datetime) -> None:
    """A few noted, one replaced by its State, one proposed by an observer. Once."""
    if Position.objects.exists():
        return
    here = cast()
    topics = {topic.key: topic for topic in Topic.objects.all()}
    for iso3, key, days, language, text, translation in NOTED:
        day = before(at, days=days)
        words = Words(topic=topics[key], text=text, said_on=day.date(), language=language, translation=translation)
        positions.note(state=here.states[iso3], words=words, source=INVENTED, by=here.office, at=day)
    approver, first = here.people["approver.lao"], before(at, days=300)
    lao = {"state": here.states["LAO"], "reference": "", "by": approver}
    old = positions.state_position(
        words=Words(topic=topics["transit"], text=FIRST, said_on=first.date()), at=first, **lao
    )
    later = first + timedelta(days=200)
    words = Words(topic=topics["transit"], text=SECOND, said_on=later.date())
    positions.state_position(words=words, replaces=old, version=old.version, at=later, **lao)
    positions.propose(
        state=here.states["NOR"],
        words=Words(topic=topics["joint-operations"], text=PROPOSED, said_on=before(at, days=50).date()),
        source=INVENTED,
        by=here.people["observer"],
        at=before(at, days=3),
    )
