// Beside an instant, the same by the reader's own clock, where that is not the clock of the page.
for (const time of document.querySelectorAll("time[data-local]")) {
  const there = new Date(time.dateTime);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (Number.isNaN(there.valueOf()) || !zone || zone === "UTC") continue;
  const how = { dateStyle: "long", timeStyle: "short", hourCycle: "h23" };
  const small = document.createElement("small");
  small.className = "soft";
  small.textContent = ` · ${new Intl.DateTimeFormat(document.documentElement.lang, how).format(there)} (${zone})`;
  time.after(small);
}
