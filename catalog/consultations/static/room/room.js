// The consultation room in the browser: device check, lobby, session, end. docs/consultations.md has the messages.
import { Call } from "./call.js";
import { Check } from "./check.js";
import { Desk } from "./desk.js";
import { Devices } from "./devices.js";
import { Line } from "./line.js";
import { say } from "./sayings.js";
import { Stage } from "./stage.js";
import { Weather } from "./weather.js";
import { Words } from "./words.js";

const room = document.getElementById("room");
const isProvider = room.dataset.role === "provider";
const most = room.dataset.most;
const SAID_FOR = 15000;

const devices = new Devices();
const line = new Line(room.dataset.line, hello);
const call = new Call({ devices, most, send: (message) => line.send(message) });
const stage = new Stage(room, { devices, call });
const words = new Words(room, { send: (message) => line.send(message), announce });
const desk = new Desk(room, { line, announce });
const weather = new Weather(room, { devices, call, line, announce, showWords: () => words.open(true) });
const check = new Check(room, devices);
check.draw();

let me = null;
let people = [];
let isLeaving = false;
let wakeLock = null;

function hello() {
  const device = { camera: devices.isOn("camera"), microphone: devices.isOn("microphone") };
  return { type: "hello", device, name: room.querySelector("[data-own-name]")?.value ?? "" };
}

// To screen readers: none takes the one before it away, and the same twice is said twice.
function announce(sentence) {
  const said = document.createElement("span");
  said.textContent = `${sentence} `;
  room.querySelector("[data-says]").append(said);
  window.setTimeout(() => said.remove(), SAID_FOR);
}

// --- one state after the other ---------------------------------------------------------------------------------
function go(state) {
  if (room.dataset.state === state) return;
  room.dataset.state = state;
  for (const part of room.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== state;
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  const isBusy = state === "lobby" || state === "inside";
  // Whoever looks something up meanwhile must not fall out of the room.
  for (const link of document.querySelectorAll(".topbar a")) link.target = isBusy ? "_blank" : "";
  document.body.classList.toggle("is-in-session", state === "inside");
  room.querySelector(`[data-part="${state}"] h1`).focus();
  devices.dispatchEvent(new CustomEvent("change"));
  stayAwake();
}

async function stayAwake() {
  if (room.dataset.state !== "inside" || document.visibilityState !== "visible") {
    wakeLock?.release();
    wakeLock = null;
  } else if (!wakeLock || wakeLock.released) {
    wakeLock = await navigator.wakeLock?.request("screen").catch(() => null);
  }
}

function enter() {
  isLeaving = false;
  if (line.isWelcome) {
    go("lobby"); // after another look at the devices
    return;
  }
  line.open();
  weather.say("connecting");
}

function come(place) {
  if (place === "inside") {
    if (room.dataset.state !== "inside" && !isProvider) announce(say("entered"));
    go("inside");
    if (most === "text") words.open(true);
    return;
  }
  call.leave();
  stage.clear();
  go("lobby");
}

function finish(title, sentence, mayComeAgain) {
  line.close();
  weather.end();
  call.leave();
  stage.clear();
  devices.closeAll();
  words.forget();
  room.querySelector("[data-says]").textContent = "";
  desk.show([]);
  room.querySelector("[data-over-title]").textContent = title;
  room.querySelector("[data-over-words]").textContent = sentence;
  room.querySelector("[data-come-again]").hidden = !mayComeAgain;
  go("over");
}

function drawPeople() {
  me = people.find((person) => person.is_me) ?? me;
  const others = people.filter((person) => !person.is_me && person.place === "inside");
  if (room.dataset.state === "inside") {
    call.meet(others);
    stage.show(me ?? { name: "" }, others);
    weather.draw();
  } else {
    const isHere = others.some((person) => person.role === "provider");
    weather.draw();
    room.querySelector("[data-lobby-words]").textContent = say(isHere ? "providerHere" : "providerNotHere");
  }
  if (isProvider) desk.show(people);
}

function tellComings(before) {
  const inside = (list) => new Map(list.filter((each) => !each.is_me && each.place === "inside").map((each) => [each.visit, each.name]));
  const [then, now] = [inside(before), inside(people)];
  for (const [visit, name] of now) if (!then.has(visit)) announce(say("came", { name }));
  for (const [visit, name] of then) if (!now.has(visit)) announce(say("gone", { name }));
}

// --- what the server says --------------------------------------------------------------------------------------
line.addEventListener("welcome", ({ detail }) => {
  call.servers = detail.ice;
  people = detail.people;
  come(detail.place);
  drawPeople();
  words.restore(detail.visit, detail.said);
  weather.tellState();
});
line.addEventListener("people", ({ detail }) => {
  const before = people;
  people = detail.people;
  drawPeople();
  if (room.dataset.state === "inside") tellComings(before);
});
line.addEventListener("admitted", () => {
  come("inside");
  drawPeople();
});
line.addEventListener("signal", ({ detail }) => call.signal(detail.from, detail.data));
line.addEventListener("said", ({ detail }) => words.show(detail));
line.addEventListener("lost", () => weather.draw());
line.addEventListener("ended", () => {
  const kind = isLeaving && !isProvider ? "left" : "ended";
  finish(say(`${kind}Title`), say(`${kind}Words`), true);
});
line.addEventListener("declined", ({ detail }) => finish(say("refusedTitle"), detail.sentence, true));
line.addEventListener("refused", ({ detail }) => {
  if (["too_fast", "too_long"].includes(detail.code)) words.takeBack(detail.sentence);
  else if (["not_understood", "not_allowed", "not_here"].includes(detail.code)) console.warn("room", detail.code);
  else finish(say("refusedTitle"), detail.sentence, ["elsewhere", "full"].includes(detail.code));
});

// --- what the person presses -----------------------------------------------------------------------------------
call.addEventListener("change", () => drawPeople());
devices.addEventListener("change", () => weather.tellState());
room.querySelector("[data-enter]").addEventListener("click", enter);
room.querySelector("[data-come-again]").addEventListener("click", () => {
  go("check");
});
room.querySelector("[data-back-to-check]").addEventListener("click", () => go("check"));
for (const button of document.querySelectorAll("[data-leave]")) {
  button.addEventListener("click", () => {
    isLeaving = true;
    const wasSent = line.send({ type: "end" });
    if (!wasSent) finish(say("leftTitle"), say("leftWords"), true);
  });
}
document.addEventListener("visibilitychange", stayAwake);
window.addEventListener("pagehide", () => {
  call.leave();
  devices.closeAll();
});
