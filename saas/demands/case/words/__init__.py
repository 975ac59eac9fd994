"""What is said of demands: states, lists, verbs, notices."""

from saas.casework import lasting, overtaken, time_left
from saas.demands.case.words.acts import CHANNEL, LIST, MISSING, OBSTACLE, STATE
from saas.demands.case.words.readers import CANCEL, OTHERS, OWN, STAFF, Speech, speech_to
from saas.demands.case.words.verbs import DO, DONE, GROUPS, VERBS, Verb
