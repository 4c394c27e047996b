"use strict";
(function () {
  // What makes the desk quicker: search as one types, parts of pages fetched into place, progress, drops, highlights. All works without it.
  function part(href) {
    var url = new URL(href, location.href);
    if (url.origin !== location.origin) { return Promise.reject(new Error("not here")); }
    url.searchParams.set("part", "1");
    return fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" } }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html"), found = page.querySelector("[data-part]");
      if (!found) { throw new Error("no part"); }
      return Array.prototype.map.call(found.childNodes, function (node) { return document.importNode(node, true); });
    });
  }
  window.retold = { part: part };

  function live(form) {
    var found = document.getElementById("found"), waiting = 0, turn = 0;
    function ask() {
      var query = new URLSearchParams(new FormData(form)), mine = ++turn;
      Array.from(query.keys()).forEach(function (name) { if (!query.get(name)) { query.delete(name); } });
      var href = location.pathname + (String(query) ? "?" + query : "");
      part(href).then(function (nodes) {
        if (mine !== turn) { return; }
        found.replaceChildren.apply(found, nodes);
        history.replaceState(null, "", href);
      }, function () { return null; });
    }
    form.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(ask, 180); });
    form.addEventListener("submit", function (event) { event.preventDefault(); ask(); });
  }

  function job(box) {
    var words = { waiting: "Waiting for its turn", running: "Working", done: "Done", failed: "Failed", stopped: "Stopped" };
    function look() {
      fetch(box.dataset.job, { credentials: "same-origin" }).then(function (answer) { return answer.json(); }).then(function (now) {
        box.querySelector("[data-words]").textContent = words[now.state] || now.state;
        box.querySelector("[data-lines]").replaceChildren.apply(box.querySelector("[data-lines]"), now.progress.map(function (line) {
          var item = document.createElement("li");
          item.textContent = line;
          return item;
        }));
        var list = box.querySelector("[data-failures]");
        if (list && now.failures.length) {
          list.previousElementSibling.hidden = false;
          list.replaceChildren.apply(list, now.failures.map(function (f) {
            var item = document.createElement("li"), place = document.createElement("strong");
            place.textContent = f.place;
            item.append(place, " ", f.message);
            return item;
          }));
        }
        if (now.state === "waiting" || now.state === "running") { setTimeout(look, 700); } else { location.reload(); }
      }, function () { setTimeout(look, 3000); });
    }
    if (box.dataset.state === "waiting" || box.dataset.state === "running") { look(); }
  }

  function drop(box) {
    var input = box.querySelector("input"), words = box.querySelector("[data-dropped]");
    function tell() { words.textContent = Array.prototype.map.call(input.files, function (f) { return f.name; }).join(", "); }
    input.addEventListener("change", tell);
    ["dragenter", "dragover"].forEach(function (name) { box.addEventListener(name, function (event) { event.preventDefault(); box.classList.add("over"); }); });
    ["dragleave", "drop"].forEach(function (name) { box.addEventListener(name, function (event) { event.preventDefault(); box.classList.remove("over"); }); });
    box.addEventListener("drop", function (event) { if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; tell(); } });
  }

  function png(button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var picture = new Image();
      picture.onload = function () {
        var sheet = document.createElement("canvas"), scale = Math.min(2, 16000 / picture.naturalWidth, 16000 / picture.naturalHeight);
        sheet.width = picture.naturalWidth * scale; sheet.height = picture.naturalHeight * scale;
        var pen = sheet.getContext("2d");
        pen.fillStyle = "#ffffff"; pen.fillRect(0, 0, sheet.width, sheet.height);
        pen.drawImage(picture, 0, 0, sheet.width, sheet.height);
        sheet.toBlob(function (blob) {
          var link = document.createElement("a");
          link.href = URL.createObjectURL(blob); link.download = "retold-graph.png"; link.click();
          setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
        }, "image/png");
      };
      picture.src = button.dataset.png;
    });
  }

  // Marked words: light all pieces, and say beside them what they are.
  function light() {
    document.querySelectorAll(".text .lit, .notes .lit").forEach(function (e) { e.classList.remove("lit"); });
    var id = location.hash.slice(1), target = id && document.getElementById(id);
    if (!target) { return; }
    for (var e = target; e; e = e.parentElement) { if (e.tagName === "DETAILS") { e.open = true; } }
    if (!target.closest(".text, .notes")) { return; }
    var cut = document.getElementById("show-cut");
    if (cut && !target.offsetParent) { cut.checked = true; }
    target.classList.add("lit");
    document.querySelectorAll("[data-of]").forEach(function (e) { if (e.dataset.of === id) { e.classList.add("lit"); } });
    target.scrollIntoView({ block: "center" });
  }
  function bubble(event) {
    var old = document.querySelector(".bubble");
    if (old && !old.contains(event.target)) { old.remove(); }
    var mark = event.target.closest ? event.target.closest(".reader mark[data-to]") : null, note = mark && document.getElementById(mark.dataset.to);
    if (!note || String(getSelection())) { return; }
    var card = document.createElement("div"), place = mark.getClientRects()[0];
    card.className = "bubble"; card.setAttribute("role", "note");
    note.querySelectorAll("p").forEach(function (p) { card.append(p.cloneNode(true)); });
    document.body.append(card);
    card.style.left = Math.max(8, Math.min(place.left + scrollX, innerWidth - card.offsetWidth - 12)) + "px";
    card.style.top = place.bottom + scrollY + 6 + "px";
  }

  function compare(box) {
    var name = "http://www.w3.org/2000/svg", svg = document.createElementNS(name, "svg");
    svg.setAttribute("class", "threads"); svg.setAttribute("aria-hidden", "true");
    function thread() {
      var base = box.getBoundingClientRect();
      svg.replaceChildren();
      box.querySelectorAll(".column:not(:first-of-type) .join-number").forEach(function (end) {
        var start = document.getElementById(end.getAttribute("href").slice(1));
        if (!start || start === end) { return; }
        var a = start.closest("mark").getBoundingClientRect(), b = end.getBoundingClientRect(), column = start.closest(".column").getBoundingClientRect();
        var x = column.right - base.left + 4, y = a.top + 10 - base.top, tx = end.closest(".column").getBoundingClientRect().left - base.left - 4, ty = b.top + 8 - base.top, mid = (x + tx) / 2;
        var path = document.createElementNS(name, "path");
        path.setAttribute("d", "M" + x + " " + y + "C" + mid + " " + y + " " + mid + " " + ty + " " + tx + " " + ty);
        path.dataset.join = end.closest("mark").dataset.join;
        svg.append(path);
      });
    }
    function glow(event) {
      var mark = event.target.closest ? event.target.closest("mark.join") : null;
      box.querySelectorAll(".lit").forEach(function (e) { e.classList.remove("lit"); });
      if (mark) { box.querySelectorAll('[data-join="' + mark.dataset.join + '"]').forEach(function (e) { e.classList.add("lit"); }); }
    }
    if (box.classList.contains("n2")) { box.append(svg); thread(); addEventListener("resize", thread); if (document.fonts) { document.fonts.ready.then(thread); } }
    box.addEventListener("pointerover", glow);
    box.addEventListener("focusin", glow);
    box.addEventListener("click", function (event) {
      var number = event.target.closest ? event.target.closest(".join-number") : null, other = number && document.getElementById(number.getAttribute("href").slice(1));
      if (other) { event.preventDefault(); other.scrollIntoView({ block: "center", behavior: "smooth" }); other.focus({ preventScroll: true }); }
    });
  }

  if (matchMedia("(max-width: 44rem)").matches) { document.querySelectorAll("[data-fold]").forEach(function (e) { e.open = false; }); }
  document.querySelectorAll("form[data-live]").forEach(live);
  document.querySelectorAll("[data-job]").forEach(job);
  document.querySelectorAll("[data-drop]").forEach(drop);
  document.querySelectorAll("[data-png]").forEach(png);
  document.querySelectorAll("[data-compare]").forEach(compare);
  document.querySelectorAll("[data-print]").forEach(function (b) { b.hidden = false; b.addEventListener("click", function () { print(); }); });
  var news = document.querySelector("[data-updating]");
  if (news) { setTimeout(function () { location.reload(); }, Number(news.dataset.updating) || 4000); }
  addEventListener("hashchange", light);
  document.addEventListener("click", bubble);
  document.addEventListener("keydown", function (event) { var card = document.querySelector(".bubble"); if (event.key === "Escape" && card) { card.remove(); } });
  addEventListener("beforeprint", function () { document.querySelectorAll("details").forEach(function (e) { e.open = true; }); });
  light();
})();
