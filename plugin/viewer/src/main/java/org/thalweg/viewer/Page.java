package org.thalweg.viewer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built page: one HTML file with its code and styles, and a placeholder for data. Immutable. */
final class Page {

    private static final String DATA = "{\"live\":true}";
    private static final Pattern PLACE =
            Pattern.compile("<script type=\"application/json\" id=\"data\">" + Pattern.quote(DATA) + "</script>");
    private static final Pattern POLICY =
            Pattern.compile("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"");

    private final String html;
    private final int dataBegin;
    private final int dataEnd;
    private final String policy;

    private Page(String html) {
        this.html = html;
        Matcher place = PLACE.matcher(html);
        Matcher found = POLICY.matcher(html);
        if (!place.find() || !found.find()) {
            throw new IllegalStateException("page.html has no placeholder for data or no policy: rebuild it");
        }
        this.dataBegin = place.start() + place.group().indexOf(DATA);
        this.dataEnd = dataBegin + DATA.length();
        this.policy = found.group(1);
    }

    /** Loads the page from the jar. */
    static Page load() {
        try (InputStream resource = Page.class.getResourceAsStream("page.html")) {
            if (resource == null) {
                throw new IllegalStateException("page.html is missing next to " + Page.class.getName());
            }
            return new Page(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("page.html cannot be read: " + e.getMessage(), e);
        }
    }

    /** The page that fetches its data from its server. */
    byte[] live() {
        return html.getBytes(StandardCharsets.UTF_8);
    }

    /** The part before embedded data. */
    String beforeData() {
        return html.substring(0, dataBegin);
    }

    /** The part after embedded data. */
    String afterData() {
        return html.substring(dataEnd);
    }

    /** The Content-Security-Policy: the page's own code, and data from its own server. */
    String policy() {
        return policy;
    }
}
