// 首次绘制之前套用上次选的字号与配色，免得深色下先白一下。
(function () {
  var saved = {};
  try {
    saved = JSON.parse(localStorage.getItem("taizhang.preferences") || "{}") || {};
  } catch (error) {
    saved = {};
  }
  var auto = saved.theme !== "light" && saved.theme !== "dark" && saved.theme !== "contrast";
  var contrast = saved.theme === "contrast" || (auto && matchMedia("(prefers-contrast: more)").matches);
  var dark = saved.theme === "dark" || (auto && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  document.documentElement.dataset.contrast = contrast ? "more" : "normal";
  document.documentElement.dataset.size = saved.size === "large" || saved.size === "xlarge" ? saved.size : "standard";
})();
