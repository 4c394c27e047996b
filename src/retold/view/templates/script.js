"use strict";
(function () {
  // Without this script all of the page works; with it, a link also opens what is folded and lights split words whole.
  function find(id) { return id ? document.getElementById(id) : null; }
  function show() {
    var id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch (error) { return; }
    document.querySelectorAll(".lit").forEach(function (e) { e.classList.remove("lit"); });
    var target = find(id);
    if (!target) { return; }
    for (var e = target; e; e = e.parentElement) { if (e.tagName === "DETAILS") { e.open = true; } }
    var inner = target.querySelector(":scope > details");
    if (inner) { inner.open = true; }
    target.classList.add("lit");
    document.querySelectorAll("[data-of]").forEach(function (e) { if (e.dataset.of === id) { e.classList.add("lit"); } });
    target.scrollIntoView({ block: target.matches("mark") ? "center" : "start" });
  }
  addEventListener("hashchange", show);
  document.addEventListener("click", function (event) {
    var mark = event.target.closest ? event.target.closest("mark[data-to]") : null;
    if (mark && find(mark.dataset.to) && !String(getSelection())) { location.hash = mark.dataset.to; }
    var link = event.target.closest ? event.target.closest('a[href^="#"]') : null;
    if (link && link.getAttribute("href") === location.hash) { show(); }
  });
  addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (e) { e.open = true; });
  });
  show();
})();
