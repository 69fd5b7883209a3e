"use strict";
// Everything can be read without this: it centres marked lines where the browser does not, opens what a link leads to, and
// opens or closes all findings at once.
const centre = (root) => {
  for (const hit of root.querySelectorAll(".hit")) {
    const code = hit.closest(".code");
    code.scrollTop = hit.offsetTop - (code.clientHeight - hit.offsetHeight) / 2;
  }
};
document.addEventListener("toggle", (event) => { if (event.target.open) centre(event.target); }, true);
const follow = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target && target.matches("details")) {
    target.open = true;
    document.getElementById("show-all").checked = true;
    target.scrollIntoView();
  }
};
addEventListener("hashchange", follow);
document.querySelector(".tools").hidden = false;
for (const button of document.querySelectorAll(".tools button")) {
  button.addEventListener("click", () => {
    for (const finding of document.querySelectorAll("details.finding")) finding.open = button.dataset.open === "true";
  });
}
centre(document);
follow();
