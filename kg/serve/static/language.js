// The button that changes the language of the page; the choice is that of the site.
"use strict";
(() => {
  const root = document.documentElement;
  const show = (language) => {
    root.dataset.lang = language;
    root.lang = language === "en" ? "en" : "zh-CN";
  };
  let stored = null;
  try {
    stored = localStorage.getItem("language");
  } catch (error) {
    // Storage may be switched off; then the page starts in Chinese.
  }
  show(stored === "en" ? "en" : "zh");
  document.getElementById("language").addEventListener("click", () => {
    const language = root.dataset.lang === "en" ? "zh" : "en";
    show(language);
    try {
      localStorage.setItem("language", language);
    } catch (error) {
      // As above.
    }
  });
})();
