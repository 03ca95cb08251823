"""``watches``: kept, and what they would have published to Pub/Sub is kept too; nothing leaves the sandbox."""

import re
from datetime import timedelta
from itertools import count

from tasks.sandbox.clock import parse_instant, rfc3339
from tasks.sandbox.failures import GoogleError, invalid, not_found
from tasks.sandbox.forms.documents import form
from tasks.sandbox.shapes import Json
from tasks.sandbox.wire import Answer, Call, answer, masked
from tasks.sandbox.world import World

LIFE = timedelta(days=7)
EVENTS = ("SCHEMA", "RESPONSES")
WATCH_ID = re.compile(r"[a-z\-]{4,63}")
TOPIC = re.compile(r"projects/[^/]+/topics/[^/]+")
NOTIFICATION = "form-notification"


def notify(world: World, form_id: str, event: str) -> None:
    """Something happened to a form: one message for each living watch."""
    for watch in world.store.all(_kind(form_id)):
        if watch["eventType"] == event and parse_instant(watch["expireTime"]) > world.clock.now():
            message = {
                "topic": watch["target"]["topic"]["topicName"],
                "publishTime": world.clock.text(),
                "attributes": {"formId": form_id, "eventType": event, "watchId": watch["id"]},
            }
            world.store.put(NOTIFICATION, str(world.store.next_number(NOTIFICATION)), message)


def create(call: Call) -> Answer:
    """``forms.watches.create``: one for each event of a form."""
    world, form_id = call.world, _form_id(call)
    body = call.json()
    wanted = body.get("watch") or {}
    event = wanted.get("eventType")
    topic = ((wanted.get("target") or {}).get("topic") or {}).get("topicName", "")
    if event not in EVENTS:
        raise invalid("Invalid value at 'watch.event_type': must be SCHEMA or RESPONSES.")
    if not TOPIC.fullmatch(str(topic)):
        raise invalid("Invalid value at 'watch.target.topic.topic_name': must be projects/{project}/topics/{topic}.")
    known = world.store.all(_kind(form_id))
    if any(one["eventType"] == event for one in known):
        raise invalid("A watch for this event type already exists on this form.")
    watch_id = str(body.get("watchId") or _free_id({one["id"] for one in known}))
    if not WATCH_ID.fullmatch(watch_id):
        raise invalid("Invalid watch_id: 4 to 63 characters a-z and -.")
    if any(one["id"] == watch_id for one in known):
        raise GoogleError(409, f"Watch {watch_id} already exists.")
    target = {"topic": {"topicName": topic}}
    new = {"id": watch_id, "target": target, "eventType": event, "createTime": world.clock.text(), "state": "ACTIVE"}
    return masked(call, _renewed(world, form_id, new))


def listing(call: Call) -> Answer:
    """``forms.watches.list``."""
    found = call.world.store.all(_kind(_form_id(call)))
    return masked(call, {"watches": found} if found else {})


def renew(call: Call) -> Answer:
    """``forms.watches.renew``."""
    form_id = _form_id(call)
    return masked(call, _renewed(call.world, form_id, _watch(call, form_id)))


def delete(call: Call) -> Answer:
    """``forms.watches.delete``."""
    form_id = _form_id(call)
    call.world.store.remove(_kind(form_id), _watch(call, form_id)["id"])
    return answer({})


def _form_id(call: Call) -> str:
    return form(call.world.store, call.parts["form"]).form_id


def _watch(call: Call, form_id: str) -> Json:
    found = call.world.store.get(_kind(form_id), call.parts["watch"])
    if found is None:
        raise not_found()
    return found


def _renewed(world: World, form_id: str, watch: Json) -> Json:
    renewed = watch | {"expireTime": rfc3339(world.clock.now() + LIFE)}
    world.store.put(_kind(form_id), watch["id"], renewed)
    return renewed


def _free_id(taken: set[str]) -> str:
    names = ("watch-" + "".join(chr(ord("a") + int(digit)) for digit in str(number)) for number in count())
    return next(name for name in names if name not in taken)


def _kind(form_id: str) -> str:
    return f"form-watch:{form_id}"
