"""Everything that demands say, in words ready for translation."""

from saas.casework import lasting, overtaken, time_left
from saas.demands.words.acts import CHANNEL, LIST, MISSING, OBSTACLE, STATE
from saas.demands.words.figures import CLIMBED, COUNTED, DERIVED, PUBLIC, SOURCE, STARS
from saas.demands.words.intake import NO_SUCH_CODE, TRACKED_TOO_OFTEN
from saas.demands.words.knowledge import ANSWER_LIST, ANSWER_STATE, BLANK, USE
from saas.demands.words.questions import ANSWER_KIND, MASKED, REFUSED, YES_NO
from saas.demands.words.verbs import DO, DONE, GROUPS, VERBS, Verb
