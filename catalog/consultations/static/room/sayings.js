// Sentences of the page, in its language: say("came", { name: "小船" }).
const kept = document.getElementById("sayings").dataset;

export function say(key, values = {}) {
  return (kept[key] ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function cloned(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}
