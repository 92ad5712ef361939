// What only one kind of decision needs stands open while that kind is chosen.
const kind = document.querySelector("select[name=kind]");
function unfold() {
  for (const part of document.querySelectorAll("details[data-kind]")) part.open = part.dataset.kind === kind.value;
}
if (kind) kind.addEventListener("change", unfold);
