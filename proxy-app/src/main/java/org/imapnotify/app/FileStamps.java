package org.imapnotify.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Notices that files are others than they were: by time, length and identity, through symbolic links, because certificate tools
 * write anew, rename over, or point a link elsewhere, and file systems of containers tell nobody.
 */
final class FileStamps {
    private List<String> last = List.of();

    /** True when it differs from what the last call saw; files that cannot be read count as such. */
    boolean changed(List<Path> files) {
        List<String> now = files.stream().map(FileStamps::stamp).toList();
        boolean changed = !now.equals(last);
        last = now;
        return changed;
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            return file + " " + seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey();
        } catch (IOException absent) {
            return file + " absent";
        }
    }
}
