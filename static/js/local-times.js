// Beside an instant, the same by the reader's own clock.
for (const time of document.querySelectorAll("time[data-local]")) {
  const there = new Date(time.dateTime);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (Number.isNaN(there.valueOf()) || !zone) continue;
  const said = new Intl.DateTimeFormat(document.documentElement.lang || "en", { dateStyle: "medium", timeStyle: "short" }).format(there);
  const small = document.createElement("small");
  small.className = "soft";
  small.textContent = ` ${said} ${zone}`;
  time.after(small);
}
