"""How Google says that a quota is used up: 429 in the newer APIs, 403 with a reason in the older ones (reported)."""

from collections.abc import Mapping

from tasks.sandbox.failures import WITH_ERRORS, GoogleError
from tasks.sandbox.google_names import ERROR_INFO, PROJECT, service

REASONS: Mapping[tuple[str, str], str] = {("drive", "user"): "userRateLimitExceeded"}
HELP = {
    "@type": "type.googleapis.com/google.rpc.Help",
    "links": [
        {
            "description": "Request a higher quota limit.",
            "url": "https://cloud.google.com/docs/quotas/help/request_increase",
        }
    ],
}


def exceeded(api: str, metric: str, scope: str, limit: int) -> GoogleError:
    """The refusal. ``metric`` is Google's name, such as "Read requests"; ``scope`` is user or project."""
    per = "per minute per user" if scope == "user" else "per minute"
    message = (
        f"Quota exceeded for quota metric '{metric}' and limit '{metric} {per}' of service '{service(api)}' for"
        f" consumer 'project_number:{PROJECT}'."
    )
    metadata = {
        "service": service(api),
        "quota_metric": f"{service(api)}/{metric.lower().replace(' ', '_')}",
        "quota_limit": f"{metric} {per}".title().replace(" ", ""),
        "quota_limit_value": str(limit),
        "quota_location": "global",
        "quota_unit": "1/min/{project}/{user}" if scope == "user" else "1/min/{project}",
        "consumer": f"projects/{PROJECT}",
    }
    info = {"@type": ERROR_INFO, "reason": "RATE_LIMIT_EXCEEDED", "domain": "googleapis.com", "metadata": metadata}
    reason = REASONS.get((api, scope), "rateLimitExceeded")
    if api in WITH_ERRORS:
        return GoogleError(403, message, reason)
    return GoogleError(429, message, reason, details=[info, HELP])
