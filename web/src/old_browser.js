// For browsers too old for modules, in the JavaScript that they know.
document.body.setAttribute("data-state", "failed");
document.getElementById("status").textContent =
  "这个浏览器太旧，或者正处在兼容模式。请切换到极速模式，或换用新版的 360、奇安信、Chrome、Edge 浏览器打开本页。";
