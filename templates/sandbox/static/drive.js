// The length of the chosen session is offered as the length of its recording.
const session = document.getElementById("event");
const minutes = document.getElementById("minutes");

if (session && minutes) {
  const offer = () => { minutes.value = session.selectedOptions[0].dataset.minutes; };
  session.addEventListener("change", offer);
  offer();
}
