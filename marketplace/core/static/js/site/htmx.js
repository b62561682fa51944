// What every htmx request of ours needs: the CSRF token, a calm word when the line is down, focus that stays.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb === "get") return;
  const field = document.querySelector("[name=csrfmiddlewaretoken]");
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
  const token = field?.value || (cookie && decodeURIComponent(cookie[1]));
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

const sayOffline = () => {
  const text = document.getElementById("words").dataset.offline;
  document.dispatchEvent(new CustomEvent("xinqiao:say", { detail: { kind: "warning", text } }));
};
document.addEventListener("htmx:sendError", sayOffline);
document.addEventListener("htmx:timeout", sayOffline);
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500) sayOffline();
});
