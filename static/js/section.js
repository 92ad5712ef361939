/* A section of a draft: every box is saved as it is typed, rows come and go in place, nothing typed is lost.
   Without this script the page is a plain form whose buttons do the same. Nothing is kept in the browser's storage. */
"use strict";
(() => {
  const AFTER = 1000;            // ms after the last key
  const AT_MOST = 4000;          // ms from the first key, however long one types on
  const PATIENCE = 20000;        // ms until an answer counts as lost
  const AGAIN = [2, 4, 8, 15, 30]; // s between attempts

  let form = document.getElementById("section-form");
  if (!form) return;
  document.documentElement.classList.add("scripted");
  const words = JSON.parse(document.getElementById("section-words").textContent);

  const waiting = new Map();     // place -> text not stored yet
  const keeping = new Set();     // places that take the earlier report's answer
  const toolong = new Set();     // places whose text is too long to be stored; it stays on the page
  const held = new Map();        // place -> a colleague's text beside one's own, until one is chosen
  let savedAt = "", sending = false, timer = 0, typedAt = 0, tries = 0, signedOut = false, closed = false, leaving = false;

  const box = (place) => form.querySelector(`[data-cell="${CSS.escape(place)}"]`);
  const hidden = (name) => form.elements.namedItem(name);
  const say = (state, text, ...more) => {
    const line = document.getElementById("save-state");
    line.dataset.state = state;
    line.replaceChildren(text, ...more);
  };
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "quiet small";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };
  const withName = (sentence, name) => sentence.replace("%(name)s", name);

  /* Saving, one save after the other */

  function soon(wait) {
    if (!typedAt) typedAt = Date.now();
    clearTimeout(timer);
    timer = setTimeout(send, Math.max(0, Math.min(wait, typedAt + AT_MOST - Date.now())));
  }

  async function send({ parting = false } = {}) {
    clearTimeout(timer);
    if (sending || closed || (!waiting.size && !keeping.size)) return;
    sending = true;
    typedAt = 0;
    const texts = new Map(waiting), kept = [...keeping];
    if (!signedOut) say("saving", words.saving);
    const body = JSON.stringify({
      version: Number(hidden("version").value), page: hidden("page").value,
      texts: Object.fromEntries(texts), keep: kept,
    });
    let answer = null;
    try {
      answer = await fetch(form.dataset.save, {
        method: "POST", body, redirect: "manual", keepalive: parting && body.length < 60000,
        headers: { "Content-Type": "application/json", "X-CSRFToken": hidden("csrfmiddlewaretoken").value },
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch { /* the line is down: tried again below */ }
    const told = answer && (answer.ok || [404, 409, 413, 422].includes(answer.status)) ? await answer.json().catch(() => null) : null;
    sending = false;
    if (told?.version) return stored(told, texts, kept);
    if (!answer || answer.status >= 500 || answer.status === 429) return later();
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return askToSignIn();
    if (answer.status === 410) { closed = true; return say("failed", words.closed); }
    if (answer.status === 404) closed = true; // no longer open to this person: the answer says so
    say("failed", told?.problem || words.refused);
  }

  function stored(told, texts, kept) {
    for (const [place, text] of texts) if (waiting.get(place) === text) waiting.delete(place);
    for (const place of kept) keeping.delete(place);
    tries = 0;
    signedOut = false;
    hidden("version").value = told.version;
    for (const [place, sentence] of Object.entries(told.problems)) mark(place, sentence);
    for (const place of told.too_long) toolong.add(place);
    for (const clash of told.conflicts || []) showClash(clash);
    const touched = Object.entries(told.others).filter(([place, text]) => takeOver(place, text));
    stand(told.standing);
    if (waiting.size) soon(AFTER);
    savedAt = told.saved_at;
    rest();
    if (told.moved) say("failed", told.own ? words.moved_own : words.moved, " ", button(words.show, () => swap(null)));
    else if (touched.length && !told.own) document.getElementById("save-state").append(" · ", words.others);
  }

  /* What the line says while nothing is under way: what waits for the person comes before what is saved */
  function rest() {
    const [place] = toolong;
    if (place) return say("failed", document.getElementById(`${box(place)?.id}-error`)?.textContent || words.refused);
    if (held.size) return say("waits", words.choose.replace("%(number)s", held.size));
    if (waiting.size) return say("saving", words.typing);
    if (savedAt) say("saved", words.saved.replace("%(time)s", savedAt));
  }

  function later() {
    say("failed", words.failed);
    timer = setTimeout(send, AGAIN[Math.min(tries, AGAIN.length - 1)] * 1000);
    tries += 1;
  }

  /* A session that has ended: the text stays here, signing in elsewhere sends it */

  function askToSignIn() {
    const link = document.createElement("a");
    const { pathname } = window.location;
    link.href = `${form.dataset.signIn}?next=${encodeURIComponent(pathname)}`;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = words.sign_in;
    say("failed", words.signed_out, " ", link);
    signedOut = true;
    clearTimeout(timer);
    timer = setTimeout(tryAgainSignedIn, 10000);
  }

  /* This page, with the rows of a long table that are drawn now */
  function address() {
    const { rows } = form.dataset;
    return window.location.pathname + (rows ? `?rows=${encodeURIComponent(rows)}` : "");
  }

  async function tryAgainSignedIn() {
    const page = await fetched(address(), { redirect: "manual" });
    const fresh = page && page.getElementById("section-form");
    if (!fresh) return askToSignIn();
    hidden("csrfmiddlewaretoken").value = fresh.elements.namedItem("csrfmiddlewaretoken").value;
    signedOut = false;
    send();
  }

  async function fetched(address, how) {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE), ...how });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      page.answered = answer.status;
      return page;
    } catch {
      return null;
    }
  }

  /* What the portal said about a box */

  function mark(place, sentence) {
    const input = box(place);
    const line = input && document.getElementById(`${input.id}-error`);
    if (!line) return;
    line.textContent = sentence;
    line.hidden = !sentence;
    const ids = new Set((input.getAttribute("aria-describedby") || "").split(" ").filter(Boolean));
    if (sentence) { ids.add(line.id); input.setAttribute("aria-invalid", "true"); } else { ids.delete(line.id); input.removeAttribute("aria-invalid"); }
    if (ids.size) input.setAttribute("aria-describedby", [...ids].join(" ")); else input.removeAttribute("aria-describedby");
  }

  function put(input, text) {
    if (input.tagName === "SELECT" && ![...input.options].some((option) => option.value === text)) input.add(new Option(text, text));
    input.value = text;
  }

  function takeOver(place, text) {
    const input = box(place);
    if (!input || held.has(place) || input.value === text) return false;
    if (waiting.has(place)) showClash({ path: place, theirs: text, by: "" });
    else put(input, text);
    return true;
  }

  function showClash(told) {
    const { path, theirs, by } = told;
    const input = box(path);
    waiting.delete(path);
    if (!input) return;
    held.set(path, told);
    document.getElementById(`${input.id}-clash`)?.remove();
    const clash = document.createElement("div");
    clash.className = "clash";
    clash.id = `${input.id}-clash`;
    clash.setAttribute("role", "alert");
    const settle = () => { held.delete(path); clash.remove(); input.focus(); rest(); };
    const line = (name, text) => { const made = document.createElement("p"); made.className = name; made.dir = "auto"; made.textContent = text; return made; };
    if (theirs === null) clash.append(line("", withName(words.row_gone, by)));
    else {
      const acts = line("actions", "");
      acts.append(
        button(words.theirs, () => { put(input, theirs); mark(path, ""); settle(); }), " ",
        button(words.mine, () => { waiting.set(path, input.value); settle(); soon(0); }),
      );
      clash.append(line("", withName(words.wrote, by || "…")), line("theirs", theirs || "–"), acts);
    }
    (document.getElementById(`${input.id}-error`) || input).after(clash);
  }

  /* A text whose row is gone stays on the page, to be copied */
  function keepHomeless({ mine, by }) {
    const note = document.createElement("div");
    note.className = "clash";
    note.setAttribute("role", "alert");
    for (const text of [withName(words.row_gone, by || "…"), mine]) {
      const made = document.createElement("p");
      made.className = "theirs";
      made.dir = "auto";
      made.textContent = text;
      note.append(made);
    }
    form.prepend(note);
  }

  function stand(standing) {
    const was = hidden("standing-was");
    if (!was || was.value === standing) return;
    was.value = standing;
    const choice = form.querySelector(`input[name="standing"][value="${CSS.escape(standing)}"]`);
    if (choice) choice.checked = true;
  }

  /* Buttons and ticks: the whole form goes, and the form comes back in its place */

  async function swap(submitter) {
    while (sending) await new Promise((done) => setTimeout(done, 50));
    const from = document.activeElement;
    const texts = submitter ? new Map(waiting) : new Map();
    const undecided = [...held.values()].map((told) => ({ ...told, mine: box(told.path).value }));
    const data = new FormData(form);
    const sent = submitter && form.elements.namedItem(submitter.value)?.value; // a comment that goes with its own button
    const unfit = [...toolong].map((place) => [place, box(place)?.value]);
    for (const place of [...undecided.map((told) => told.path), ...toolong]) data.delete(`cell:${place}`);
    if (submitter?.name) data.append(submitter.name, submitter.value);
    if (submitter && !submitter.name) data.append("do", "save");
    sending = true;
    say("saving", words.saving);
    const page = await fetched(address(), submitter
      ? { method: "POST", body: data, headers: { "X-Section-Part": "1" } } : {});
    sending = false;
    if (!page || page.answered >= 500) return say("failed", words.failed);
    const fresh = page.getElementById("section-form");
    if (!fresh) {
      for (const place of texts.keys()) waiting.set(place, texts.get(place));
      return [401, 403].includes(page.answered) ? askToSignIn() : say("failed", words.refused);
    }
    const typedSince = [...waiting].filter(([place, text]) => texts.get(place) !== text);
    waiting.clear();
    held.clear();
    toolong.clear();
    // Whoever went on to another box meanwhile stays there, at the same letter.
    const here = document.activeElement;
    const back = here && { id: here.id, name: here.name, value: here.value, caret: caretOf(here), fold: here.matches("summary") && foldOf(here.parentElement) };
    const opened = new Set([...form.querySelectorAll("details[open]")].map(foldOf));
    const said = remarks(), places = [...form.querySelectorAll("select[name^='about:']")].map((one) => [one.name, one.value]);
    form.replaceWith(document.adoptNode(fresh));
    form = document.getElementById("section-form");
    for (const [place, text] of typedSince) {
      const input = box(place);
      if (input) { put(input, text); waiting.set(place, text); }
    }
    for (const told of undecided) {
      const input = box(told.path);
      if (input) { put(input, told.mine); showClash(told); } else keepHomeless(told);
    }
    for (const [place, text] of unfit) {
      const input = box(place);
      if (input) { put(input, text); fits(place, input); } else if (text) keepHomeless({ mine: text });
    }
    for (const fold of form.querySelectorAll("details")) if (opened.has(foldOf(fold))) fold.open = true;
    putBack(said, places, submitter?.value, sent);
    if (held.size) rest();
    if (waiting.size) soon(AFTER);
    goTo(here === from && form.dataset.focus, back);
  }

  /* Comments begun and not sent: the page's own form carries them, and nothing else stores them */
  function remarks() {
    return [...form.querySelectorAll("[data-comment]")].map((box) => [box.name, box.value]);
  }

  /* As they stand now, not as they were when the form went. Of a comment that was added, what was typed after it. */
  function putBack(said, places, name, sent) {
    for (const [about, value] of places) {
      const input = form.elements.namedItem(about);
      if (input && [...input.options].some((option) => option.value === value)) input.value = value;
    }
    for (const [box, text] of said) {
      const input = form.elements.namedItem(box);
      const added = box === name && sent.trim() && input && !input.value;
      const left = added && text.startsWith(sent) ? text.slice(sent.length) : text;
      if (input) { input.value = left; if (left.trim() || added) input.closest("details").open = Boolean(left.trim()); }
      else if (left.trim()) keepHomeless({ mine: left });
    }
  }

  const foldOf = (fold) => `${fold.parentElement.closest("[id]").id} ${fold.className}`;

  function caretOf(input) {
    return input.matches("textarea, input[type='text']") ? [input.selectionStart, input.selectionEnd] : null;
  }

  function goTo(id, back) {
    const place = id && document.getElementById(id);
    if (place) return (place.matches("input, select, textarea") ? place : place.querySelector("[data-cell]") || place).focus();
    const fold = back?.fold && [...form.querySelectorAll("details")].find((one) => foldOf(one) === back.fold);
    if (fold) return fold.querySelector("summary").focus();
    const same = back && ((back.id && document.getElementById(back.id))
      || [...form.elements].find((one) => one.name && one.name === back.name && one.value === back.value));
    if (!same) return;
    same.focus();
    if (back.caret) same.setSelectionRange(...back.caret);
  }

  /* A text that is longer than any box takes is not sent: the box says so and keeps it */
  function fits(place, input) {
    const text = input.value;
    const length = text.length > words.longest ? [...text].length : 0;
    if (length > words.longest) {
      waiting.delete(place);
      toolong.add(place);
      mark(place, words.too_long.replace("%(length)s", length).replace("%(longest)s", words.longest));
      rest();
      return false;
    }
    if (toolong.delete(place)) mark(place, "");
    return true;
  }

  const keepOf = (place) => form.querySelector(`[data-keep="${CSS.escape(place)}"]`);

  document.addEventListener("input", (event) => {
    const place = event.target.dataset?.cell;
    if (!place || !form.contains(event.target)) return;
    keeping.delete(place);
    const keep = keepOf(place);
    if (keep) keep.hidden = event.target.value === keep.dataset.text;
    if (held.has(place)) return;
    if (!fits(place, event.target)) return;
    waiting.set(place, event.target.value);
    if (!signedOut) say("saving", words.typing);
    soon(AFTER);
  });
  document.addEventListener("change", (event) => {
    if (!form.contains(event.target)) return;
    if (event.target.matches("[data-submits]")) swap(event.target.form.querySelector(".first-submit"));
    else if (event.target.dataset.cell && !signedOut) send();
  });
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("#section-form button[name='do']");
    if (!pressed || event.defaultPrevented || (pressed.value === "next" && !held.size && !toolong.size)) return;
    event.preventDefault();
    if (pressed.value === "next") return (form.querySelector(".clash button") || box([...toolong][0])).focus();
    const place = pressed.dataset.keep;
    if (!place) return swap(pressed);
    const input = box(place);
    put(input, pressed.dataset.text);
    mark(place, "");
    waiting.delete(place);
    toolong.delete(place);
    keeping.add(place);
    pressed.hidden = true;
    input.focus();
    soon(0);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyK") return;
    const place = document.activeElement?.dataset?.cell;
    const keep = place && keepOf(place);
    if (keep && !keep.hidden) { event.preventDefault(); keep.click(); }
  });
  document.addEventListener("submit", (event) => { if (event.target === form) leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (waiting.size || keeping.size || held.size || toolong.size || sending || remarks().some(([, text]) => text.trim()))) event.preventDefault();
  });
  window.addEventListener("online", () => { if (waiting.size) send(); });
  window.addEventListener("focus", () => { if (signedOut) { clearTimeout(timer); tryAgainSignedIn(); } });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !signedOut) send({ parting: true });
  });
})();
