"use strict";
(function () {
  const tools = document.querySelector(".tools");
  const search = document.getElementById("search");
  const said = document.getElementById("said");
  const fields = Array.from(document.querySelectorAll(".fields > li"));
  const texts = fields.map((field) => field.textContent.toLowerCase());
  const boxes = Array.from(tools.querySelectorAll("input[type=checkbox]"));
  function show() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const marks = boxes.filter((box) => box.checked).map((box) => box.value);
    let shown = 0;
    fields.forEach((field, at) => {
      const fits = words.every((word) => texts[at].includes(word));
      const marked = marks.every((mark) => field.querySelector(".marks ." + mark));
      field.hidden = !(fits && marked);
      shown += field.hidden ? 0 : 1;
    });
    said.textContent = shown + " of " + fields.length + " fields";
  }
  tools.hidden = false;
  tools.addEventListener("input", show);
  show();
})();
