/* Stands in the place of the site's static/server.js: here is a server to ask. */
document.documentElement.dataset.query = "/query";
