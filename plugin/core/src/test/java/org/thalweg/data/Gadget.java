package org.thalweg.data;

import java.io.ObjectInputStream;
import java.io.Serializable;

/** Says whether it was deserialized: harmless, as the objects in a stranger's file need not be. */
public final class Gadget implements Serializable {

    static final String DESERIALIZED = "thalweg.gadget.deserialized";

    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) {
        System.setProperty(DESERIALIZED, "true");
    }
}
