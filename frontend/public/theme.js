// 首次绘制之前套用上次选的字号与配色，免得深色下先白一下。
(function () {
  var saved = {};
  try {
    saved = JSON.parse(localStorage.getItem("taizhang.preferences") || "{}") || {};
  } catch (error) {
    saved = {};
  }
  var dark = saved.theme === "dark" || (saved.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  document.documentElement.dataset.size = saved.size === "large" || saved.size === "xlarge" ? saved.size : "standard";
})();
