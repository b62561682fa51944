// Asks the WeChat app around this page to pay. What it answers is not believed: the page it leads to asks WeChat itself.
const place = document.querySelector("[data-bridge]");
const button = place.querySelector("[data-ask]");

function say(what) {
  for (const line of place.querySelectorAll("[data-said]")) line.hidden = line.dataset.said !== what;
}

function ask() {
  say("asking");
  window.WeixinJSBridge.invoke("getBrandWCPayRequest", JSON.parse(place.dataset.bridge), (answer) => {
    if (answer.err_msg === "get_brand_wcpay_request:ok") {
      window.location.replace(place.dataset.return);
    } else {
      say(answer.err_msg === "get_brand_wcpay_request:cancel" ? "cancel" : "fail");
    }
  });
}

function begin() {
  button.hidden = false;
  button.addEventListener("click", ask);
  ask();
}

if (window.WeixinJSBridge) begin();
else document.addEventListener("WeixinJSBridgeReady", begin, { once: true });
