// For browsers that cannot run the page: too old for modules, or for the JavaScript in them. Written in what they know.
document.addEventListener("DOMContentLoaded", function () {
  // The page's own code has run by now, if it can.
  if (document.body.hasAttribute("data-began")) return;
  document.body.setAttribute("data-state", "failed");
  document.getElementById("status").textContent =
    "这个浏览器太旧，或者正处在兼容模式。请切换到极速模式，或换用新版的 360、奇安信、Chrome、Edge 浏览器打开本页。";
});
