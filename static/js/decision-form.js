// What only one kind of decision needs stands open while that kind is chosen; also if it was chosen before this ran.
const kind = document.querySelector("select[name=kind]");
const parts = document.querySelectorAll("details[data-kind]");
const needed = (part) => part.dataset.kind === kind.value;
if (kind) {
  kind.addEventListener("change", () => { for (const part of parts) part.open = needed(part); });
  for (const part of parts) if (needed(part)) part.open = true;
}
