"use strict";
(function () {
  // The derivation graph: drag, zoom, keys, neighbours lit, and the evidence for a line beside it. Without this it is a picture with links.
  var STEP = 80, MOST = 4, LEGIBLE = 0.62;

  function start(frame) {
    var canvas = frame.querySelector(".canvas"), svg = canvas && canvas.querySelector("svg");
    if (!svg || !svg.viewBox) { return; }
    var whole = { w: svg.viewBox.baseVal.width, h: svg.viewBox.baseVal.height };
    var at = { x: 0, y: 0, scale: 1 }, waiting = false, held = null, moved = false, drawn = 0;

    function room() { return { w: canvas.clientWidth || 1, h: canvas.clientHeight || 1 }; }
    function draw() {
      // Moving shifts a picture that is drawn already; only another scale has it drawn anew.
      waiting = false;
      if (drawn !== at.scale) {
        drawn = at.scale;
        svg.style.width = whole.w * drawn + "px"; svg.style.height = whole.h * drawn + "px";
      }
      svg.style.transform = "translate(" + Math.round(-at.x * drawn) + "px," + Math.round(-at.y * drawn) + "px)";
      canvas.dataset.view = [Math.round(at.x), Math.round(at.y), at.scale.toFixed(3)].join(" ");
    }
    function redraw() {
      var r = room(), w = r.w / at.scale, h = r.h / at.scale;
      at.x = whole.w <= w ? (whole.w - w) / 2 : Math.min(Math.max(at.x, -w / 4), whole.w - w * 0.75);
      at.y = whole.h <= h ? 0 : Math.min(Math.max(at.y, -h / 4), whole.h - h * 0.75);
      if (!waiting) { waiting = true; requestAnimationFrame(draw); }
    }
    function fit(least) {
      var wide = canvas.clientWidth / whole.w, tall = Math.max(260, innerHeight * 0.78);
      at.scale = Math.max(Math.min(1, wide), least);
      canvas.style.height = Math.min(whole.h * at.scale, tall) + "px";
      if (!least) { at.scale = Math.min(at.scale, canvas.clientHeight / whole.h); }
      at.x = 0; at.y = 0;
      redraw();
    }
    function zoom(factor, x, y) {
      var r = room(), old = at.scale;
      x = x === undefined ? r.w / 2 : x; y = y === undefined ? r.h / 2 : y;
      at.scale = Math.min(MOST, Math.max(Math.min(r.w / whole.w, r.h / whole.h, 1) * 0.9, old * factor));
      at.x += x / old - x / at.scale; at.y += y / old - y / at.scale;
      redraw();
    }
    function pan(x, y) { at.x += x / at.scale; at.y += y / at.scale; redraw(); }

    canvas.classList.add("live");
    frame.querySelector(".zoom").hidden = false;
    fit(LEGIBLE);
    addEventListener("resize", function () { fit(LEGIBLE); });
    frame.querySelector(".zoom").addEventListener("click", function (event) {
      var way = event.target.dataset.zoom;
      if (way === "fit") { fit(0); } else if (way) { zoom(way === "in" ? 1.3 : 1 / 1.3); }
    });
    canvas.addEventListener("wheel", function (event) {
      if (!event.ctrlKey && !event.metaKey) { return; }
      event.preventDefault();
      var edge = canvas.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY / 300), event.clientX - edge.left, event.clientY - edge.top);
    }, { passive: false });
    canvas.addEventListener("pointerdown", function (event) {
      if (event.button === 0) { held = { x: event.clientX, y: event.clientY, id: event.pointerId }; moved = false; }
    });
    canvas.addEventListener("pointermove", function (event) {
      if (!held) { return; }
      var x = held.x - event.clientX, y = held.y - event.clientY;
      if (!moved && Math.abs(x) + Math.abs(y) < 5) { return; }
      if (!moved) { moved = true; canvas.setPointerCapture(held.id); canvas.classList.add("held"); }
      held.x = event.clientX; held.y = event.clientY;
      pan(x, y);
    });
    ["pointerup", "pointercancel"].forEach(function (name) {
      canvas.addEventListener(name, function () { held = null; canvas.classList.remove("held"); });
    });
    canvas.addEventListener("click", function (event) {
      if (moved) { event.preventDefault(); event.stopPropagation(); moved = false; }
    }, true);
    canvas.addEventListener("dragstart", function (event) { event.preventDefault(); });
    canvas.addEventListener("keydown", function (event) {
      var ways = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }, key = event.key;
      if (event.ctrlKey || event.metaKey || event.altKey) { return; }
      if (ways[key]) { pan(ways[key][0], ways[key][1]); } else if (key === "+" || key === "=") { zoom(1.3); } else if (key === "-") { zoom(1 / 1.3); } else if (key === "0") { fit(0); } else { return; }
      event.preventDefault();
    });
    canvas.addEventListener("focusin", function (event) {
      if (event.target === canvas || held) { return; }
      canvas.scrollTop = 0; canvas.scrollLeft = 0;
      var inner = event.target.getBoundingClientRect(), outer = canvas.getBoundingClientRect();
      if (inner.left < outer.left) { pan(inner.left - outer.left - 20, 0); }
      if (inner.right > outer.right) { pan(Math.min(inner.right - outer.right + 20, inner.left - outer.left), 0); }
      if (inner.top < outer.top) { pan(0, inner.top - outer.top - 20); }
      if (inner.bottom > outer.bottom) { pan(0, Math.min(inner.bottom - outer.bottom + 20, inner.top - outer.top)); }
    });
    neighbours(svg);
    evidence(frame);
  }

  function neighbours(svg) {
    function clear() {
      svg.classList.remove("muted");
      svg.querySelectorAll(".near").forEach(function (e) { e.classList.remove("near"); });
    }
    function light(event) {
      var unit = event.target.closest ? event.target.closest("[data-unit]") : null;
      clear();
      if (!unit) { return; }
      var id = unit.dataset.unit, near = {};
      near[id] = true;
      svg.querySelectorAll("[data-from]").forEach(function (e) {
        if (e.dataset.from === id || e.dataset.into === id) { e.classList.add("near"); near[e.dataset.from] = true; near[e.dataset.into] = true; }
      });
      svg.querySelectorAll("[data-unit]").forEach(function (e) { if (near[e.dataset.unit]) { e.classList.add("near"); } });
      svg.classList.add("muted");
    }
    svg.addEventListener("pointerover", light);
    svg.addEventListener("pointerleave", clear);
    // On the frame: a drawing that listens for the focus would be a stop of its own for the Tab key.
    svg.parentNode.addEventListener("focusin", function (event) { if (event.target.matches(":focus-visible")) { light(event); } });
    svg.parentNode.addEventListener("focusout", clear);
  }

  function evidence(frame) {
    var panel = frame.querySelector(".panel"), opener = null;
    if (!panel) { return; }
    function close() {
      panel.hidden = true;
      frame.querySelectorAll(".chosen").forEach(function (e) { e.classList.remove("chosen"); });
      if (opener) { opener.focus(); }
    }
    function fill(title, nodes, href) {
      panel.replaceChildren();
      var heading = frame.parentNode.querySelector("h2") ? "h3" : "h4";
      var shut = document.createElement("button"), head = document.createElement(heading), more = document.createElement("a");
      shut.type = "button"; shut.className = "close"; shut.textContent = "Close"; shut.addEventListener("click", close);
      head.textContent = title; head.tabIndex = -1;
      panel.append(shut, head);
      nodes.forEach(function (node) { panel.append(node); });
      if (href.charAt(0) !== "#") { more.href = href; more.textContent = "Open as a page"; panel.append(more); }
      panel.hidden = false;
      head.focus({ preventScroll: true });
      dispatchEvent(new Event("resize"));
    }
    function inPage(link, id) {
      var entry = document.getElementById(id), inner = entry && entry.querySelector("details");
      if (!inner) { return false; }
      var copies = Array.prototype.filter.call(inner.children, function (e) { return e.tagName !== "SUMMARY"; }).map(function (e) {
        return e.cloneNode(true);
      });
      fill(link.getAttribute("aria-label"), copies, "#");
      return true;
    }
    frame.addEventListener("click", function (event) {
      var link = event.target.closest ? event.target.closest("a") : null;
      if (!link || !link.querySelector(".edge") || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      var href = link.getAttribute("href");
      frame.querySelectorAll(".chosen").forEach(function (e) { e.classList.remove("chosen"); });
      link.classList.add("chosen");
      opener = link;
      if (href.charAt(0) === "#") { if (inPage(link, href.slice(1))) { event.preventDefault(); } return; }
      if (!window.retold || !window.retold.part) { return; }
      event.preventDefault();
      window.retold.part(href).then(function (nodes) { fill(link.getAttribute("aria-label"), nodes, href); }, function () { location.href = href; });
    });
    frame.addEventListener("keydown", function (event) { if (event.key === "Escape" && !panel.hidden) { close(); } });
  }

  document.querySelectorAll(".graph-frame").forEach(start);
})();
