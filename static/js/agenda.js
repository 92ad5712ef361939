/* The agenda desk: items are dragged by their handle or moved with the arrow keys, times are saved as they are typed.
   Every change goes to the portal at once, which answers with the desk as it then stands. Without this script the page
   is a plain form whose buttons do the same. */
"use strict";
(() => {
  const desk = () => document.getElementById("agenda-desk");
  const form = () => document.getElementById("desk-form");
  if (!desk()) return;
  document.documentElement.classList.add("scripted");
  const words = JSON.parse(document.getElementById("desk-words").textContent);
  const rtl = document.documentElement.dir === "rtl";
  const DEEPEST = 2;
  const PATIENCE = 20000;
  let line = Promise.resolve(); // one change after the other
  const waiting = new Map();    // name -> what was typed and is not stored yet

  /* Sending */

  function send(fields, { focus = "", said = words.saved } = {}) {
    line = line.then(() => post(fields, focus, said));
    return line;
  }

  async function post(fields, focus, said) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form().elements.csrfmiddlewaretoken.value);
    data.set("version", form().elements.version.value);
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    let answer = null;
    try {
      answer = await fetch(window.location.pathname, {
        method: "POST", body: data, headers: { "X-Part": "desk" }, redirect: "manual", signal: AbortSignal.timeout(PATIENCE),
      });
    } catch { /* the line is down: said below, what was typed stays */ }
    if (!answer || answer.status >= 500 || answer.status === 429) return complain(words.lost);
    if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) return complain(words.signed_out);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("agenda-desk");
    if (!fresh) return complain(words.lost);
    if (answer.ok) for (const [name, value] of Object.entries(fields)) if (waiting.get(name) === value) waiting.delete(name);
    swap(fresh, focus, answer.ok ? said : "");
  }

  function swap(fresh, focus, said) {
    const here = document.activeElement;
    const id = focus || (here && desk().contains(here) ? here.id : "");
    const within = Boolean(here && desk().contains(here));
    const pressed = within && here.matches("button[name=do]") ? here.value : "";
    const top = id && document.getElementById(id) ? document.getElementById(id).getBoundingClientRect().top : null;
    const opened = [...desk().querySelectorAll("details")].map((one) => one.open);
    desk().replaceWith(fresh);
    fresh.querySelectorAll("details").forEach((one, at) => { one.open = Boolean(opened[at]); });
    for (const [name, value] of waiting) {
      const box = form() && form().elements.namedItem(name);
      if (box) box.value = value;
    }
    const again = desk().querySelector("[aria-invalid]") || (id && document.getElementById(id)) || (within ? control(pressed) : null);
    if (again) {
      again.focus({ preventScroll: true });
      if (top !== null) window.scrollBy({ top: again.getBoundingClientRect().top - top, behavior: "instant" });
      if (again.select && again.matches("input")) again.select();
    }
    const refusal = document.getElementById("refusal");
    if (refusal) refusal.scrollIntoView({ block: "nearest" });
    say(refusal ? refusal.textContent.trim() : said);
  }

  /* The button that was pressed, as it stands now; where it can do no more, its item's handle or a button beside it */
  function control(value) {
    if (!form()) return document.querySelector("#agenda-desk button, #agenda-desk a");
    const same = [...form().querySelectorAll("button[name=do]")].find((one) => one.value === value && !one.disabled);
    const handle = document.getElementById(`handle-${value.split(":")[1]}`);
    return same || handle || form().querySelector(".desk-bar button:not([disabled])") || form().querySelector(".handle");
  }

  function say(text) {
    const place = document.getElementById("desk-says");
    if (place) place.textContent = text;
  }

  function complain(text) {
    let notice = document.getElementById("refusal");
    if (!notice) {
      notice = document.createElement("div");
      notice.id = "refusal";
      notice.className = "notice";
      notice.dataset.kind = "error";
      notice.setAttribute("role", "alert");
      notice.append(document.createElement("p"));
      desk().prepend(notice);
    }
    notice.firstElementChild.textContent = text;
    notice.scrollIntoView({ block: "nearest" });
  }

  /* Times, sittings, the minutes for a speaker */

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!form() || !form().contains(box) || !/^(minutes|speakers|sitting)-\d+$|^per_speaker$/.test(box.name)) return;
    waiting.set(box.name, box.value);
    send({ do: "save", ...Object.fromEntries(waiting) });
  });

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target !== form() || !button || button.name !== "do") return;
    event.preventDefault();
    const fields = { do: button.value, ...Object.fromEntries(waiting) };
    if (button.value === "add" || form().elements.title.value && button.value === "save") {
      fields.do = "add";
      fields.title = form().elements.title.value;
      fields.kind = form().elements.kind.value;
      return void send(fields, { focus: "new-title" });
    }
    const [way, code] = button.value.split(":");
    send(fields, { said: code && way !== "remove" ? words.moved : words.saved });
  });

  /* Ctrl+Z takes back and Ctrl+Shift+Z makes again; in a box it is the box's own */
  document.addEventListener("keydown", (event) => {
    const here = event.target;
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
    if (!form() || here.matches("input, textarea, select") || here.isContentEditable) return;
    event.preventDefault();
    const way = event.shiftKey ? "redo" : "undo";
    const button = form().querySelector(`.desk-bar button[value=${way}]`);
    if (button && !button.disabled) send({ do: way });
  });

  /* Enter in a box goes to the same box one line further down, as in a table */
  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (event.key === "Enter" && box.matches("input.in")) {
      event.preventDefault();
      const kind = box.name.split("-")[0];
      const boxes = [...form().querySelectorAll(`input[name^="${kind}"]`)];
      const next = boxes[boxes.indexOf(box) + (event.shiftKey ? -1 : 1)];
      if (next) { next.focus(); next.select(); } else box.blur();
    }
    const row = box.closest(".line");
    if (!box.matches(".handle") || !row) return;
    const keys = { ArrowUp: "up", ArrowDown: "down", ArrowRight: rtl ? "out" : "in", ArrowLeft: rtl ? "in" : "out" };
    const way = keys[event.key];
    if (!way) return;
    event.preventDefault();
    send({ do: `${way}:${row.dataset.code}` }, { focus: box.id, said: words.moved });
  });

  /* Dragging: where an item would go is a line between two others; how far in, its depth */

  let drag = null;

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".handle");
    if (!handle || event.button !== 0) return;
    const row = handle.closest(".line");
    drag = { row, handle, x: event.clientX, y: event.clientY, begun: false, to: null, moving: block(row) };
    handle.setPointerCapture(event.pointerId);
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.begun && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return;
    drag.begun = true;
    event.preventDefault();
    drag.moving.forEach((one) => one.classList.add("dragged"));
    show(target(event));
    if (event.clientY < 60) window.scrollBy(0, -12);
    if (event.clientY > window.innerHeight - 60) window.scrollBy(0, 12);
  });

  document.addEventListener("pointerup", () => {
    if (!drag) return;
    const { row, begun, to } = drag;
    stop();
    if (begun && to) {
      send({ do: `to:${row.dataset.code}`, under: to.under, place: to.place }, { focus: `handle-${row.dataset.code}`, said: words.moved });
    }
  });

  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && drag) stop(); });

  function stop() {
    if (drag) drag.moving.forEach((one) => one.classList.remove("dragged"));
    show(null);
    drag = null;
  }

  const lines = () => [...desk().querySelectorAll(".line")];
  const depth = (row) => Number(row.dataset.depth);

  /* An item with everything below it */
  function block(row) {
    const all = lines(), at = all.indexOf(row);
    let end = at + 1;
    while (end < all.length && depth(all[end]) > depth(row)) end += 1;
    return all.slice(at, end);
  }

  function target(event) {
    const still = lines().filter((one) => !drag.moving.includes(one));
    let at = still.findIndex((one) => { const box = one.getBoundingClientRect(); return event.clientY < box.top + box.height / 2; });
    if (at < 0) at = still.length;
    const above = still[at - 1], below = still[at];
    const height = Math.max(...drag.moving.map(depth)) - depth(drag.row);
    const step = parseFloat(getComputedStyle(document.documentElement).fontSize) * 1.75;
    const moved = Math.round((event.clientX - drag.x) * (rtl ? -1 : 1) / step);
    const least = below ? depth(below) : 0;
    const most = Math.min(above ? depth(above) + 1 : 0, DEEPEST - height);
    const deep = Math.max(Math.min(least, most), Math.min(most, depth(drag.row) + moved));
    let parent = "", place = 0;
    for (let i = at - 1; i >= 0; i -= 1) {
      if (depth(still[i]) === deep - 1) { parent = still[i].dataset.code; break; }
      if (depth(still[i]) === deep) place += 1;
    }
    return { above, below, deep, under: parent, place };
  }

  function show(to) {
    if (drag) drag.to = to;
    desk().querySelectorAll(".drop-before, .drop-after").forEach((one) => {
      one.classList.remove("drop-before", "drop-after");
      delete one.dataset.drop;
    });
    if (!to) return;
    const row = to.below || to.above;
    row.classList.add(to.below ? "drop-before" : "drop-after");
    row.dataset.drop = String(to.deep);
  }
})();
