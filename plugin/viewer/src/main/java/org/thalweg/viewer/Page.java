package org.thalweg.viewer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page as it was built: one HTML file with its code and styles in it, and a place for data. Immutable. */
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
            throw new IllegalStateException("page.html has no place for data or no policy: build it again");
        }
        this.dataBegin = place.start() + place.group().indexOf(DATA);
        this.dataEnd = dataBegin + DATA.length();
        this.policy = found.group(1);
    }

    /** The page of this version. */
    static Page load() {
        try (InputStream resource = Page.class.getResourceAsStream("page.html")) {
            if (resource == null) {
                throw new IllegalStateException("page.html is missing beside " + Page.class.getName());
            }
            return new Page(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("page.html cannot be read: " + e.getMessage(), e);
        }
    }

    /** The page that asks the server it came from for its data. */
    byte[] live() {
        return html.getBytes(StandardCharsets.UTF_8);
    }

    /** What comes before the data in a page that carries it. */
    String beforeData() {
        return html.substring(0, dataBegin);
    }

    /** What comes after them. */
    String afterData() {
        return html.substring(dataEnd);
    }

    /** The Content-Security-Policy: nothing but the code in the page, and data from where it came. */
    String policy() {
        return policy;
    }
}
