/* Files beside an answer go as soon as they are chosen, one after the other, and the page stays as it is.
   Without this script they go with the section's own form. */
"use strict";
(() => {
  const words = JSON.parse(document.getElementById("section-words").textContent);
  const queue = [];
  const problems = new Map(); // path -> file name -> why it was refused; it stays until a file of that name is taken
  let busy = false;

  const form = () => document.getElementById("section-form");
  const boxOf = (path) => document.querySelector(`[data-files="${CSS.escape(path)}"]`);

  function refuse(path, name, sentence) {
    if (!problems.has(path)) problems.set(path, new Map());
    problems.get(path).set(name, `${name}: ${sentence}`);
  }

  function say(path, text) {
    const line = boxOf(path)?.querySelector(".file-progress"), refused = [...(problems.get(path)?.values() || [])];
    if (!line) return;
    const lines = [...refused, text].filter(Boolean);
    line.hidden = !lines.length;
    line.replaceChildren(...lines.map((sentence) => {
      const made = document.createElement("span");
      made.dir = "auto";
      made.textContent = sentence;
      made.classList.toggle("failed", refused.includes(sentence));
      return made;
    }));
  }

  function sent(path, file) {
    return new Promise((done) => {
      const data = new FormData(), asked = new XMLHttpRequest();
      for (const name of ["csrfmiddlewaretoken", "version", "page"]) data.append(name, form().elements.namedItem(name).value);
      data.append("path", path);
      data.append("file", file);
      asked.open("POST", form().dataset.filesTo);
      asked.responseType = "json";
      asked.upload.addEventListener("progress", ({ loaded, total }) => {
        say(path, words.uploading.replace("%(name)s", file.name).replace("%(percent)s", Math.floor((100 * loaded) / total)));
      });
      asked.addEventListener("load", () => done(asked.status === 200 ? asked.response : { problem: asked.response?.problem || words.file_failed }));
      for (const end of ["error", "timeout"]) asked.addEventListener(end, () => done({ problem: words.file_failed }));
      asked.send(data);
    });
  }

  async function work() {
    if (busy) return;
    busy = true;
    let path = "";
    while (queue.length) {
      const next = queue.shift();
      path = next.path;
      say(path, words.uploading.replace("%(name)s", next.file.name).replace("%(percent)s", 0));
      const told = await sent(path, next.file);
      if (told.problem) refuse(path, next.file.name, told.problem);
      else problems.get(path)?.delete(next.file.name);
      const list = boxOf(path)?.querySelector(".file-list");
      if (told.box && list) list.innerHTML = told.box;
      say(path, queue.length || told.problem ? "" : words.uploaded);
    }
    busy = false;
  }

  document.addEventListener("change", ({ target }) => {
    const path = target.closest?.("[data-files]")?.dataset.files;
    if (!path || target.type !== "file") return;
    for (const file of target.files) queue.push({ path, file });
    target.value = "";
    work();
  });
  window.addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });
})();
