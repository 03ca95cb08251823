"""What of the Forms API is spoken."""

from tasks.sandbox.forms import calls, changes, watches
from tasks.sandbox.wire import Operation, Work, operation

FORM = "/v1/forms/{form}"


def _spoken(method: str, path: str, name: str, work: Work) -> Operation:
    return operation("forms", method, path, name, work)


OPERATIONS: list[Operation] = [
    _spoken("POST", "/v1/forms", "forms.create", calls.create),
    _spoken("GET", FORM, "forms.get", calls.get),
    _spoken("POST", FORM + ":batchUpdate", "forms.batchUpdate", changes.batch_update),
    _spoken("POST", FORM + ":setPublishSettings", "forms.setPublishSettings", calls.set_publish_settings),
    _spoken("GET", FORM + "/responses", "forms.responses.list", calls.list_responses),
    _spoken("GET", FORM + "/responses/{response}", "forms.responses.get", calls.get_response),
    _spoken("GET", FORM + "/watches", "forms.watches.list", watches.listing),
    _spoken("POST", FORM + "/watches", "forms.watches.create", watches.create),
    _spoken("POST", FORM + "/watches/{watch}:renew", "forms.watches.renew", watches.renew),
    _spoken("DELETE", FORM + "/watches/{watch}", "forms.watches.delete", watches.delete),
]
