// Keeps an open page up to date: asks for its content every few seconds, while it can be seen, and takes over what is new in it
// without moving focus, scroll, selection or what the reader has unfolded. Without this file the pages are ordinary ones.
(() => {
  "use strict";
  const main = document.getElementById("main");
  const status = document.getElementById("live");
  const pause = document.getElementById("pause");
  const refresh = Number(document.body.dataset.refresh) || 2000;
  const slowest = 30000;
  let tag = null, paused = false, wait = refresh, timer = 0, asking = null;

  const say = (text, kind) => {
    if (status.textContent !== text) status.textContent = text;
    status.className = kind;
  };

  const ago = time => {
    const seconds = Math.round((Date.now() - Date.parse(time.dateTime)) / 1000);
    const size = Math.abs(seconds);
    const text = size < 60 ? `${size} s` : size < 3600 ? `${Math.floor(size / 60)} min` : size < 172800 ? `${Math.floor(size / 3600)} h` : `${Math.floor(size / 86400)} d`;
    const said = seconds < 0 ? `in ${text}` : `${text} ago`;
    if (time.textContent !== said) time.textContent = said;
  };
  const tell = () => document.querySelectorAll("time").forEach(ago);

  // One element becomes another, keeping itself and everything in it that is the same.
  const become = (old, next) => {
    if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName) return void old.replaceWith(next);
    if (old.nodeType === Node.TEXT_NODE) {
      if (old.data !== next.data) old.data = next.data;
      return;
    }
    if (old.nodeType !== Node.ELEMENT_NODE || old.hasAttribute("data-keep")) return;
    if (old.nodeName === "TIME" && old.dateTime === next.dateTime) return;
    for (const { name } of [...old.attributes]) if (!next.hasAttribute(name) && name !== "open" && name !== "class") old.removeAttribute(name);
    for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    if (old.hasAttribute("class") && !next.hasAttribute("class") && !old.classList.contains("fresh")) old.removeAttribute("class");
    children(old, next);
  };

  const children = (old, next) => {
    const coming = new Set([...next.children].map(child => child.id).filter(Boolean));
    for (const child of [...old.children]) if (child.id && !coming.has(child.id)) child.remove();
    const kept = new Map([...old.children].filter(child => child.id).map(child => [child.id, child]));
    let at = old.firstChild;
    for (const child of [...next.childNodes]) {
      const same = child.id ? kept.get(child.id) : null;
      if (same) {
        if (same === at) at = at.nextSibling; else old.insertBefore(same, at);
        become(same, child);
      } else if (!child.id && at && !at.id && at.nodeName === child.nodeName) {
        const now = at;
        at = at.nextSibling;
        become(now, child);
      } else {
        if (child.nodeName === "TR") child.classList.add("fresh");
        old.insertBefore(child, at);
      }
    }
    while (at) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
  };

  // A reader who types or marks text is left alone until they are done.
  const busy = () => {
    const focus = document.activeElement;
    if (focus && main.contains(focus) && focus.matches("input, select, textarea")) return true;
    const selection = document.getSelection();
    return !!selection && !selection.isCollapsed && main.contains(selection.anchorNode);
  };

  const take = html => {
    const next = new DOMParser().parseFromString(html, "text/html").getElementById("main");
    if (!next) return false;
    const hadFocus = main.contains(document.activeElement);
    become(main, next);
    if (hadFocus && document.activeElement === document.body) main.focus({ preventScroll: true });
    tell();
    return true;
  };

  const ask = async () => {
    if (paused || document.hidden || busy() || asking) return;
    asking = new AbortController();
    const limit = setTimeout(() => asking && asking.abort(), slowest);
    try {
      const headers = { "X-Console-Part": "main" };
      if (tag) headers["If-None-Match"] = tag;
      const answer = await fetch(location.href, { headers, cache: "no-store", credentials: "same-origin", redirect: "error", signal: asking.signal });
      if (answer.status === 304 || answer.ok) {
        if (answer.ok && !busy() && !paused && take(await answer.text())) tag = answer.headers.get("etag");
        wait = refresh;
        say("Live", "on");
      } else {
        throw new Error(String(answer.status));
      }
    } catch {
      // A redirect is one to the sign-in page.
      wait = Math.min(slowest, wait * 2);
      if (!paused) say("Not live: no answer, or signed out", "off");
    } finally {
      clearTimeout(limit);
      asking = null;
    }
  };

  const turn = async () => {
    clearTimeout(timer);
    await ask();
    clearTimeout(timer);
    timer = setTimeout(turn, wait);
  };

  tell();
  setInterval(tell, 1000);
  if (document.body.dataset.live !== "yes") return;
  pause.hidden = false;
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? "Go on" : "Pause";
    say(paused ? "Paused" : "Live", paused ? "" : "on");
    if (!paused) turn();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) turn(); });
  turn();
})();
