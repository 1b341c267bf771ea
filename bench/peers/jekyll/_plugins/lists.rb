# Pages by service, tag and severity, the paged home page, and links between
# reports that are written as files.
module Lists
  class Page < Jekyll::PageWithoutAFile
    def initialize(site, dir, layout, data)
      super(site, site.source, dir, "index.html")
      @data.update("layout" => layout)
      @data.update(data)
    end
  end

  class Generator < Jekyll::Generator
    def generate(site)
      reports = site.posts.docs.reverse
      count = (reports.size + 19) / 20
      reports.each_slice(20).with_index(1) do |slice, n|
        dir = n == 1 ? "" : "page/#{n}"
        site.pages << Page.new(site, dir, "list", "title" => "Benchmark", "reports" => slice, "number" => n, "count" => count)
      end
      { "services" => "services", "labels" => "tags", "severity" => "severity" }.each do |field, kind|
        terms = Hash.new { |all, name| all[name] = [] }
        reports.each { |r| Array(r.data[field]).uniq.each { |name| terms[name] << r } }
        terms.each do |name, list|
          site.pages << Page.new(site, "#{kind}/#{Jekyll::Utils.slugify(name)}", "list", "title" => name, "reports" => list)
        end
        site.pages << Page.new(site, kind, "terms", "title" => kind, "kind" => kind, "terms" => terms.map { |name, list| [name, list.size] })
      end
    end
  end

  Jekyll::Hooks.register :posts, :pre_render do |post|
    post.content = post.content.gsub(%r{\]\((\d{4})-(\d\d)-(\d\d)-([\w-]+)\.md\)}, '](/bench/\1/\2/\3/\4/)')
  end
end
