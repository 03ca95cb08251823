// Opens the calendar in the reader's own time zone when none has been chosen, and changes zone without a button.
"use strict";
const zones = document.querySelector("form[data-zone]");
if (zones && zones.dataset.zone === "unset") {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (own) {
    const address = new URL(location.href);
    address.searchParams.set("zone", own);
    location.replace(address);
  }
}
