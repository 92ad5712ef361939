/* In the room: one number is asked for every second; when it has moved, the page is fetched and its live part exchanged.
   The clock runs here, from the server's times; between two changes nothing is asked but that number.
   Without this script every page says the same when it is loaded, and the chair's buttons are plain forms. */
"use strict";
(() => {
  const EVERY = 1000;        // ms between two questions
  const PATIENCE = 5000;     // ms until an answer counts as lost
  const SET_AGAIN = 60;      // questions after which the time is asked for too
  const root = document.querySelector("[data-room]");
  if (!root) return;

  let version = Number(root.dataset.version), tag = "", asked = 0, lost = 0;
  let offset = 0, nearest = Infinity, busy = 0, held = false, presses = Promise.resolve();

  const live = () => document.getElementById("room-live");
  const serverNow = () => Date.now() + offset;

  /* The number */

  async function ask() {
    const sent = performance.now(), withTime = !tag || asked++ % SET_AGAIN === 0;
    try {
      const answer = await fetch(root.dataset.versionUrl, {
        cache: "no-store", headers: withTime ? {} : { "If-None-Match": tag }, signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.status === 200) await told(answer, performance.now() - sent, withTime);
      else if (answer.status !== 304) throw new Error(answer.status);
      lost = 0;
    } catch { lost += 1; }
    const line = document.getElementById("room-line");
    line.hidden = lost < 3;
    line.textContent = lost < 3 ? "" : line.dataset.lost;
    setTimeout(ask, EVERY);
  }

  async function told(answer, took, withTime) {
    const { version: now, now: time } = await answer.json();
    if (withTime) nearest = Infinity;
    if (took <= nearest) { nearest = took; offset = time + took / 2 - Date.now(); }
    tag = answer.headers.get("ETag") || "";
    if (now !== version && !busy && !held) await look(now);
  }

  /* The page */

  async function look(now) {
    const here = new URL(location.href);
    here.searchParams.set("v", now); // no proxy holds this one yet
    const answer = await fetch(here, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.redirected) return location.reload(); // signed out
    if (!answer.ok) throw new Error(answer.status);
    if (!held) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  }

  function show(page, { whole = false } = {}) {
    const fresh = page.querySelector("[data-room]"), said = live().querySelector("[data-said]")?.dataset.said;
    if (!fresh) return location.reload();
    version = Number(fresh.dataset.version);
    exchange("room-live", page);
    const settings = document.getElementById("room-settings");
    if (settings && (whole || !settings.contains(document.activeElement))) exchange("room-settings", page);
    if (whole) notes(page.querySelector(".messages"));
    const says = live().querySelector("[data-said]")?.dataset.said;
    if (says !== said) document.getElementById("room-said").textContent = says || "";
    tick();
  }

  function exchange(id, page) {
    const old = document.getElementById(id), fresh = page.getElementById(id);
    if (!old || !fresh) return;
    const focus = old.contains(document.activeElement) ? document.activeElement.id : "";
    const open = [...old.querySelectorAll("details[open][id]")].map((one) => one.id);
    old.replaceWith(document.adoptNode(fresh));
    for (const one of open) document.getElementById(one)?.setAttribute("open", "");
    if (focus) (document.getElementById(focus) || document.getElementById("press"))?.focus({ preventScroll: true });
  }

  function notes(fresh) {
    document.querySelector(".messages")?.remove();
    if (fresh) document.getElementById("main").prepend(document.adoptNode(fresh));
  }

  /* The clock: what is left of the limit, then how far over it */

  const digits = (number) => String(number).padStart(2, "0");
  const written = (seconds) => `${Math.floor(seconds / 60)}:${digits(seconds % 60)}`;

  function tick() {
    for (const clock of document.querySelectorAll("[data-clock]")) {
      const limit = Number(clock.dataset.limit), from = Number(clock.dataset.from), paused = Number(clock.dataset.paused);
      const used = from ? Math.max(0, (paused || serverNow()) - from) / 1000 : 0;
      const left = limit - used, text = left >= 0 ? written(Math.ceil(left)) : `+${written(Math.floor(-left))}`;
      const shown = clock.querySelector(".left");
      if (shown.textContent !== text) {
        const said = document.createElement("bdi");
        said.dir = "ltr";
        said.textContent = text;
        shown.replaceChildren(said);
      }
      clock.dataset.state = left < 0 ? "over" : left <= 30 ? "ending" : "";
      const bar = clock.parentElement.querySelector("[data-clock-bar]");
      if (bar) bar.value = Math.min(used, limit);
    }
  }

  /* The chair's forms are sent without leaving the page */

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-press]")) return;
    event.preventDefault();
    busy += 1; // what is pressed while an answer is awaited is sent after it, as it was pressed
    const data = new FormData(form, event.submitter);
    presses = presses.then(() => send(form.action, data)).catch(() => { lost = 3; }).finally(() => { busy -= 1; });
  });

  async function send(address, data) {
    const answer = await fetch(address, { method: "POST", body: data, signal: AbortSignal.timeout(PATIENCE * 2) });
    if (answer.status !== 422 && !answer.ok) return location.reload();
    show(new DOMParser().parseFromString(await answer.text(), "text/html"), { whole: true });
  }

  /* The list is put in order by its handles, with mouse, pen or finger; the buttons beside them do the same */

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".drag"), row = handle?.closest("li");
    if (!row || event.button) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    held = true;
    row.classList.add("moving");
    const list = row.parentElement, before = order(list);

    const move = ({ clientY }) => {
      const rows = [...list.children].filter((one) => one !== row);
      const found = rows.findIndex((one) => { const box = one.getBoundingClientRect(); return clientY < box.top + box.height / 2; });
      const place = found < 0 ? rows.length : found;
      if (list.children[place] === row) return;
      row.before(...rows.slice(0, place)); // the others move: who is held must stay where it is, or the hold is lost
      row.after(...rows.slice(place));
    };
    const drop = () => {
      handle.removeEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel"]) handle.removeEventListener(name, drop);
      row.classList.remove("moving");
      held = false;
      if (order(list) === before) return;
      const form = document.getElementById("arrange");
      form.elements.namedItem("slots").value = order(list);
      form.requestSubmit();
    };
    handle.addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, drop);
  });

  const order = (list) => [...list.children].map((one) => one.dataset.slot).join(",");

  document.documentElement.classList.add("scripted");
  setInterval(tick, 200);
  tick();
  ask();
})();
