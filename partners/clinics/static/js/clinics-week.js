// Dragging a session in the week leads to the page that moves it, with the new time filled in. Without a mouse, or without
// this file, the same page is reached from the day's list. Nothing moves before somebody confirms there.
const STEP = 5;
const wide = window.matchMedia("(min-width: 1024px) and (pointer: fine)");
let dragged = null;

function momentAt(column, clientY) {
  const minute = parseFloat(getComputedStyle(column).getPropertyValue("--minute")) || 1.1;
  const minutes = (clientY - dragged.grip - column.getBoundingClientRect().top) / minute;
  const rounded = Math.round((Number(column.dataset.from) * 60 + minutes) / STEP) * STEP;
  const clamped = Math.min(Math.max(rounded, 0), 24 * 60 - STEP);
  const two = (number) => String(number).padStart(2, "0");
  return `${column.dataset.day}T${two(Math.floor(clamped / 60))}:${two(clamped % 60)}`;
}

function begin(event) {
  const block = event.currentTarget;
  dragged = { url: block.dataset.move, grip: event.clientY - block.getBoundingClientRect().top };
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", block.dataset.move);
}

function over(event) {
  if (!dragged) return;
  event.preventDefault();
  event.currentTarget.classList.add("wk__blocks--over");
}

function drop(event) {
  const column = event.currentTarget;
  column.classList.remove("wk__blocks--over");
  if (!dragged) return;
  event.preventDefault();
  window.location.assign(`${dragged.url}?to=${encodeURIComponent(momentAt(column, event.clientY))}`);
}

function setUp(week) {
  for (const block of week.querySelectorAll("[data-move]")) {
    block.draggable = wide.matches;
    for (const link of block.querySelectorAll("a")) link.draggable = false;
    block.addEventListener("dragstart", begin);
    block.addEventListener("dragend", () => (dragged = null));
  }
  for (const column of week.querySelectorAll("[data-day]")) {
    column.addEventListener("dragover", over);
    column.addEventListener("dragleave", () => column.classList.remove("wk__blocks--over"));
    column.addEventListener("drop", drop);
  }
}

for (const week of document.querySelectorAll("[data-week]")) setUp(week);
