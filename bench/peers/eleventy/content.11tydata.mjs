export default {
  layout: "report.njk",
  eleventyComputed: {
    permalink: ({ page }) => `/${page.date.toISOString().slice(0, 10).replaceAll("-", "/")}/${page.fileSlug}/`,
  },
};
