// What a form is without this script it stays; this only saves a press here and there.
"use strict";

for (const text of document.querySelectorAll(".free input[type=text]")) {
  const tick = text.closest(".free").querySelector("input:not([type=text])");
  text.addEventListener("input", () => { if (text.value) tick.checked = true; });
  tick.addEventListener("click", (event) => { if (event.detail && tick.checked) text.focus(); }); // a mouse, not an arrow key
}

for (const button of document.querySelectorAll("button.clear")) {
  const group = button.closest("fieldset");
  const show = () => { button.hidden = !group.querySelector("input[type=radio]:checked"); };
  button.addEventListener("click", () => {
    for (const radio of group.querySelectorAll("input[type=radio]")) radio.checked = false;
    const free = group.querySelector("input[type=text]");
    if (free) free.value = "";
    group.querySelector("input").focus();
    show();
  });
  group.addEventListener("input", show);
  show();
}

const form = document.querySelector("body.answering form");
if (form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
}

document.getElementById("mistakes")?.focus();
