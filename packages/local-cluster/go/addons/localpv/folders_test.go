package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v10/controller"
)

func provision(t *testing.T, f folders) *corev1.PersistentVolume {
	t.Helper()
	policy := corev1.PersistentVolumeReclaimDelete
	volume, state, err := f.Provision(context.Background(), controller.ProvisionOptions{
		PVName:       "pvc-1",
		StorageClass: &storagev1.StorageClass{ReclaimPolicy: &policy},
		PVC: &corev1.PersistentVolumeClaim{
			ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: "data"},
			Spec: corev1.PersistentVolumeClaimSpec{
				AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOnce},
				Resources:   corev1.VolumeResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceStorage: resource.MustParse("1Gi")}},
			},
		},
	})
	if err != nil || state != controller.ProvisioningFinished {
		t.Fatalf("got state %v and error %v", state, err)
	}
	return volume
}

func TestProvisionMakesAFolderThatAnyPodCanWrite(t *testing.T) {
	root := t.TempDir()
	volume := provision(t, folders{root: root, node: "local"})
	want := filepath.Join(root, "pvc-1_shop_data")
	if got := volume.Spec.HostPath.Path; got != want {
		t.Errorf("got path %q, want %q", got, want)
	}
	info, err := os.Stat(want)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != anybody {
		t.Errorf("got mode %o, want %o", got, anybody)
	}
	if got := volume.Spec.Capacity.Storage().String(); got != "1Gi" {
		t.Errorf("got capacity %s, want 1Gi", got)
	}
}

func TestAFolderThatIsGoneIsNotMadeAgainByAPod(t *testing.T) {
	volume := provision(t, folders{root: t.TempDir(), node: "local"})
	if got := *volume.Spec.HostPath.Type; got != corev1.HostPathDirectory {
		t.Errorf("got type %q, want one that must exist", got)
	}
}

func TestDeleteRemovesTheFolder(t *testing.T) {
	f := folders{root: t.TempDir(), node: "local"}
	volume := provision(t, f)
	path := volume.Spec.HostPath.Path
	if err := os.WriteFile(filepath.Join(path, "file"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Delete(context.Background(), volume); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", path, err)
	}
}

func TestDeleteRefusesWhatIsNotOurs(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	for _, path := range []string{outside, root, filepath.Join(root, "pvc-1_a", "b"), filepath.Join(root, "pvc-2_shop_data")} {
		volume := &corev1.PersistentVolume{ObjectMeta: metav1.ObjectMeta{Name: "pvc-1"}}
		volume.Spec.HostPath = &corev1.HostPathVolumeSource{Path: path}
		if err := (folders{root: root}).Delete(context.Background(), volume); err == nil {
			t.Errorf("deleted %q", path)
		}
	}
	if _, err := os.Stat(outside); err != nil {
		t.Error(err)
	}
}
