// A page that only leads on: press its one button for whoever has scripts, once. Coming back by the browser's back
// button, it stays and lets people choose.
const [entry] = performance.getEntriesByType("navigation");
if (entry?.type !== "back_forward") document.querySelector("[data-go-on]")?.click();
