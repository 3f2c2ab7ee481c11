package org.thalweg.recording.internal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Describes errors with files for the end of a message. */
public final class FileErrors {

    private FileErrors() {}

    /** Reads a file. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads it. */
        T read() throws IOException;
    }

    /**
     * Reads a file or a directory of files; errors name it.
     *
     * @throws IOException if it cannot be read, or needs more memory than there is
     */
    public static <T> T naming(Path file, Reader<T> reader) throws IOException {
        try {
            return reader.read();
        } catch (IOException e) {
            if (e.getMessage() != null && e.getMessage().contains(file.toString())) {
                throw e;
            }
            throw new IOException(file + " cannot be read: " + reason(e), e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw new IOException(file + " cannot be read: " + reason(e), e);
        }
    }

    /**
     * The reason, in one line: a description of a memory error, since it names no file; otherwise the message of the
     * first {@link IOException} among the causes, or of the last cause. Where a message is only a path or empty, the
     * kind of error is added.
     */
    public static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof IOException) && !(cause instanceof Error)) {
            cause = cause.getCause();
        }
        return inWords(cause).replaceAll("\\R\\s*", " ");
    }

    /** The message of an error, or the reason if the message is only a path or missing. */
    public static String message(Throwable e) {
        String message = e.getMessage();
        return message == null || e instanceof FileSystemException || e instanceof Error ? reason(e) : message;
    }

    private static String inWords(Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return "it needs more memory than there is";
        }
        if (cause instanceof StackOverflowError) {
            return "it is nested too deeply";
        }
        if (cause instanceof CharacterCodingException) {
            return "it is not text in UTF-8";
        }
        String message = cause.getMessage();
        if (message == null && (cause instanceof EOFException || cause instanceof BufferUnderflowException)) {
            return "it ends too early";
        }
        if (cause instanceof FileSystemException failure) {
            return inWords(failure);
        }
        return message == null ? cause.toString() : message;
    }

    /** Many of these errors have only a path as message. */
    private static String inWords(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no " + failure.getFile();
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission for " + failure.getFile();
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "there is a file " + failure.getFile();
        }
        String message = failure.getMessage();
        return failure.getReason() == null || message == null ? failure.toString() : message;
    }
}
