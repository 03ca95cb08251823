// Times in the reader's own zone, where the mailbox does not say which zone that is.
"use strict";
const DAY = { day: "numeric", month: "short", year: "numeric" };
const LONG_DAY = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
const HOUR = { hour: "2-digit", minute: "2-digit" };
const locale = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const written = (moment, options) => new Intl.DateTimeFormat(locale, options).format(moment);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const shown = {
  short: (moment) => written(moment, { ...DAY, ...HOUR }),
  full: (moment) => `${written(moment, LONG_DAY)}, ${written(moment, HOUR)} (${zone.split("/").pop().replaceAll("_", " ")}, ${offset(moment)})`,
  until: (moment, time) => {
    const sameDay = written(moment, DAY) === written(new Date(time.dataset.from), DAY);
    return sameDay ? written(moment, HOUR) : shown.full(moment);
  },
};

function offset(moment) {
  const parts = new Intl.DateTimeFormat("en", { timeZoneName: "longOffset" }).formatToParts(moment);
  return parts.find((part) => part.type === "timeZoneName").value;
}

for (const time of document.querySelectorAll("time[data-shown]")) {
  if (time.closest("[data-zone]")?.dataset.zone) continue;
  time.textContent = shown[time.dataset.shown](new Date(time.dateTime), time);
}
