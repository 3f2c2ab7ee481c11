package org.thalweg.integration;

import java.util.List;
import org.thalweg.integration.internal.Concealed;

/** Names what it should not, in every place where a signature can. */
public abstract class Leaks implements Concealed {

    public List<Concealed[]> field = List.of();

    protected Leaks(Concealed parameter) {}

    public abstract Concealed result();

    public abstract void throwing() throws NotPublic;

    abstract Concealed ofNoConcern();

    static final class NotPublic extends Exception {
        private static final long serialVersionUID = 1;
    }
}
